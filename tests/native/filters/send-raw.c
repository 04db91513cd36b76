/* Looks at what is sent and changes nothing: what SEND_RAW_DATA costs. */
#include "filter_testing.h"

FILTER_VERSION("send-raw", SF_NOTIFY_SEND_RAW_DATA)

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    (void)pfc;
    (void)notification;
    (void)data;
    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
