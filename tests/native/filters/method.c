/* Gives the request the method that its header X-Method names. */
#include "filter_testing.h"

FILTER_VERSION("method", SF_NOTIFY_PREPROC_HEADERS)

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    HTTP_FILTER_PREPROC_HEADERS *headers = data;
    char method[32];
    DWORD size = sizeof method;
    (void)notification;
    if (headers->GetHeader(pfc, "X-Method:", method, &size)) {
        headers->SetHeader(pfc, "method", method);
    }

    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
