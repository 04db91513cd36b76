/*
 * Sets "url" to the value of the request's X-Url header, whose escapes %XX are decoded first: rewriters give decoded URLs back. X-Set of the
 * response says what came of it, result and last error, and what GetHeader then says.
 */
#include "filter_testing.h"

FILTER_VERSION("set-url", SF_NOTIFY_PREPROC_HEADERS)

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    HTTP_FILTER_PREPROC_HEADERS *headers = data;
    char url[1024], text[2200], *from, *to;
    DWORD size = sizeof url;
    BOOL done;
    (void)notification;
    if (!headers->GetHeader(pfc, (LPSTR) "X-Url:", url, &size)) {
        return SF_STATUS_REQ_NEXT_NOTIFICATION;
    }

    for (from = to = url; *from != '\0'; to++) {
        unsigned value;
        if (*from == '%' && sscanf(from + 1, "%2x", &value) == 1) {
            *to = (char)value;
            from += 3;
        } else {
            *to = *from++;
        }
    }

    *to = '\0';
    done = headers->SetHeader(pfc, (LPSTR) "url", url);
    size = (DWORD)snprintf(text, sizeof text, "X-Set: %d %u ", done != 0, done ? 0 : (unsigned)GetLastError());
    get_url(pfc, headers, text + size, (DWORD)sizeof text - size - 3);
    strcat(text, "\r\n");
    pfc->AddResponseHeaders(pfc, text, 0);
    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
