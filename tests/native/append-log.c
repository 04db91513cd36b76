/* Fills both log texts that an extension has: APPEND_LOG_PARAMETER, and lpszLogData up to its last byte, without a NUL. */
#include "testing.h"

TESTING_VERSION("append-log: texts for the log")

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    BOOL taken = ecb->ServerSupportFunction(ecb->ConnID, HSE_APPEND_LOG_PARAMETER, "&appended=1", NULL, NULL);
    memset(ecb->lpszLogData, 'L', HSE_LOG_BUFFER_LEN);
    send_text_head(ecb);
    write_format(ecb, "result=%d\n", taken != 0);
    return HSE_STATUS_SUCCESS;
}
