/* Maps PATH_INFO to a physical path by requests 1001 and 1012; ?size=N is the size of the buffer that 1001 is given. */
#include "testing.h"

TESTING_VERSION("map-url: physical paths")

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    char path[1024];
    DWORD size = (DWORD)query_number(ecb, "size", sizeof path), error;
    HSE_URL_MAPEX_INFO info;
    BOOL taken;

    send_text_head(ecb);

    lstrcpynA(path, ecb->lpszPathInfo, sizeof path);
    taken = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_MAP_URL_TO_PATH, path, &size, NULL);
    error = taken ? 0 : GetLastError();
    write_format(ecb, "1001 result=%d error=%u size=%u path=%s\n", taken != 0, (unsigned)error, (unsigned)size, path);

    memset(&info, 0, sizeof info);
    size = (DWORD)strlen(ecb->lpszPathInfo);
    taken = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_MAP_URL_TO_PATH_EX, ecb->lpszPathInfo, &size, (LPDWORD)&info);
    error = taken ? 0 : GetLastError();
    write_format(ecb, "1012 result=%d error=%u flags=%03x url=%u path=%s\n", taken != 0, (unsigned)error, (unsigned)info.dwFlags,
                 (unsigned)info.cchMatchingURL, info.lpszPath);
    return HSE_STATUS_SUCCESS;
}
