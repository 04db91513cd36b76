/* Lets no byte through before the first line is complete; stands in front of read-next, which waits for the whole head. */
#include "filter_testing.h"

FILTER_VERSION("read-next-line", SF_NOTIFY_READ_RAW_DATA | SF_NOTIFY_PREPROC_HEADERS | SF_NOTIFY_ORDER_HIGH)

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    if (notification == SF_NOTIFY_READ_RAW_DATA) {
        HTTP_FILTER_RAW_DATA *raw = data;
        pfc->pFilterContext = (char *)pfc->pFilterContext + 1;
        return memchr(raw->pvInData, '\n', raw->cbInData) != NULL ? SF_STATUS_REQ_NEXT_NOTIFICATION : SF_STATUS_REQ_READ_NEXT;
    }

    char text[64];
    snprintf(text, sizeof text, "X-Line-Reads: %u\r\n", (unsigned)(ULONG_PTR)pfc->pFilterContext);
    pfc->AddResponseHeaders(pfc, text, 0);
    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
