/* Gives header lines for the case that a request is denied, whoever denies it: SF_REQ_ADD_HEADERS_ON_DENIAL in PREPROC_HEADERS. */
#include "filter_testing.h"

FILTER_VERSION("denial-headers", SF_NOTIFY_PREPROC_HEADERS)

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    (void)notification;
    (void)data;
    return pfc->ServerSupportFunction(
               pfc, SF_REQ_ADD_HEADERS_ON_DENIAL, (PVOID) "WWW-Authenticate: Digest realm=\"filter\"\r\nX-Denied: yes\r\n", 0, 0)
        ? SF_STATUS_REQ_NEXT_NOTIFICATION
        : SF_STATUS_REQ_ERROR;
}
