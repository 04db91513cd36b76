/* Returns from PREPROC_HEADERS what the URL says: /error/LASTERROR, /code/HEX. */
#include "filter_testing.h"

FILTER_VERSION("returns", SF_NOTIFY_PREPROC_HEADERS)

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    char url[256];
    (void)notification;
    get_url(pfc, data, url, sizeof url);
    if (strncmp(url, "/error/", 7) == 0) {
        SetLastError((DWORD)atoi(url + 7));
        return SF_STATUS_REQ_ERROR;
    }

    if (strncmp(url, "/code/", 6) == 0) {
        return (DWORD)strtoul(url + 6, NULL, 16);
    }

    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
