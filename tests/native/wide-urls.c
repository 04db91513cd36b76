/* Maps PATH_INFO by the wide requests 1023 and 1024 (?size=N: the bytes that 1023 is given), and normalises the value of ?url= by 1033. */
#include "testing.h"

TESTING_VERSION("wide-urls: physical paths in UTF-16, normal URLs")

/* ASCII is all that the tests ask for here. */
static void widen(WCHAR *target, const char *source, size_t room)
{
    size_t i = 0;
    while (i + 1 < room && source[i] != '\0') {
        target[i] = (WCHAR)(unsigned char)source[i];
        i++;
    }

    target[i] = 0;
}

static const char *narrow(char *text, size_t room, const WCHAR *source)
{
    size_t i = 0;
    while (i + 1 < room && source[i] != 0) {
        text[i] = (char)source[i];
        i++;
    }

    text[i] = '\0';
    return text;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    struct {
        HSE_UNICODE_URL_MAPEX_INFO info;
        BYTE behind[8];
    } ex;
    WCHAR path[1024];
    char url[256], text[1024];
    DWORD size = (DWORD)query_number(ecb, "size", sizeof path), error;
    const char *given = strstr(ecb->lpszQueryString, "url=");
    BOOL taken;

    send_text_head(ecb);
    if (given != NULL) {
        lstrcpynA(url, given + 4, sizeof url);
        taken = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_NORMALIZE_URL, url, NULL, NULL);
        write_format(ecb, "1033 result=%d url=%s\n", taken != 0, url);
        return HSE_STATUS_SUCCESS;
    }

    widen(path, ecb->lpszPathInfo, 1024);
    taken = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_MAP_UNICODE_URL_TO_PATH, path, &size, NULL);
    error = taken ? 0 : GetLastError();
    write_format(ecb, "1023 result=%d error=%u size=%u path=%s\n", taken != 0, (unsigned)error, (unsigned)size, narrow(text, sizeof text, path));

    memset(&ex, 0xEE, sizeof ex);
    widen(path, ecb->lpszPathInfo, 1024);
    size = (DWORD)(strlen(ecb->lpszPathInfo) * sizeof(WCHAR));
    taken = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_MAP_UNICODE_URL_TO_PATH_EX, path, &size, (LPDWORD)&ex);
    error = taken ? 0 : GetLastError();
    write_format(ecb, "1024 result=%d error=%u flags=%03x url=%u behind=%02x path=%s\n", taken != 0, (unsigned)error,
                 (unsigned)ex.info.dwFlags, (unsigned)ex.info.cchMatchingURL, ex.behind[0], narrow(text, sizeof text, ex.info.lpszPath));
    return HSE_STATUS_SUCCESS;
}
