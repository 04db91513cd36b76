/* Only looks at requests: what the least filter costs. */
#include "filter_testing.h"

FILTER_VERSION("preproc", SF_NOTIFY_PREPROC_HEADERS)

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    char url[256];
    (void)notification;
    get_url(pfc, data, url, sizeof url);
    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
