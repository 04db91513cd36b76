/* Logs another user agent's view: the target is replaced, the status too. */
#include "filter_testing.h"

FILTER_VERSION("log", SF_NOTIFY_LOG)

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    HTTP_FILTER_LOG *log = data;
    char *target = pfc->AllocMem(pfc, 64, 0);
    (void)notification;
    strcpy(target, "/logged/by/filter");
    log->pszTarget = target;
    log->pszParameters = "";
    log->dwHttpStatus = 222;
    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
