/* Calls ServerSupportFunction with each request number of the query string, "N&N…", with usable buffers, and shows result and last error. */
#include "testing.h"

TESTING_VERSION("requests: any ServerSupportFunction request")

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    const char *at = ecb->lpszQueryString;
    send_text_head(ecb);
    while (*at != '\0') {
        char *end;
        BYTE buffer[1024], type[1024];
        DWORD size = sizeof buffer, request = (DWORD)strtoul(at, &end, 10), error;
        BOOL taken;

        memset(buffer, 0, sizeof buffer);
        memset(type, 0, sizeof type);
        taken = ecb->ServerSupportFunction(ecb->ConnID, request, buffer, &size, (LPDWORD)type);
        error = taken ? 0 : GetLastError();
        write_format(ecb, "%u result=%d error=%u\n", (unsigned)request, taken != 0, (unsigned)error);
        at = *end == '&' ? end + 1 : "";
    }

    return HSE_STATUS_SUCCESS;
}
