/* Logs another client and another user, as filters behind a load balancer do. */
#include "filter_testing.h"

FILTER_VERSION("log-client", SF_NOTIFY_LOG)

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    HTTP_FILTER_LOG *log = data;
    (void)pfc;
    (void)notification;
    log->pszClientHostName = "203.0.113.7";
    log->pszClientUserName = "ada lovelace\r\nforged";
    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
