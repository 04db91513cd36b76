/* Takes as many bytes from AllocMem as the query says ("?100000"), for each request; X-Memory of the response says whether it got them. */
#include "filter_testing.h"

FILTER_VERSION("takes-memory", SF_NOTIFY_PREPROC_HEADERS)

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    char url[256];
    const char *query;
    (void)notification;
    get_url(pfc, data, url, sizeof url);
    query = strchr(url, '?');
    if (query != NULL) {
        DWORD size = (DWORD)strtoul(query + 1, NULL, 10);
        char *memory = pfc->AllocMem(pfc, size, 0);
        if (memory != NULL && size > 0) {
            memory[size - 1] = 1;
        }

        pfc->AddResponseHeaders(pfc, memory != NULL ? (LPSTR) "X-Memory: yes\r\n" : (LPSTR) "X-Memory: no\r\n", 0);
    }

    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
