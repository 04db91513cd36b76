/* TerminateExtension takes two seconds, so that there is a time after that of the module before and before the process' end. */
#include "testing.h"

TESTING_VERSION("terminate-slowly: its end takes two seconds")

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    send_text_head(ecb);
    return HSE_STATUS_SUCCESS;
}

BOOL WINAPI TerminateExtension(DWORD flags)
{
    (void)flags;
    Sleep(2000);
    return TRUE;
}
