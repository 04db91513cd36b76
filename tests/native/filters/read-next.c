/* Lets no byte of a request through before its head is complete, and says in X-Reads how many blocks that took. */
#include "filter_testing.h"

FILTER_VERSION("read-next", SF_NOTIFY_READ_RAW_DATA | SF_NOTIFY_PREPROC_HEADERS)

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    if (notification == SF_NOTIFY_READ_RAW_DATA) {
        HTTP_FILTER_RAW_DATA *raw = data;
        char *bytes = raw->pvInData;
        pfc->pFilterContext = (char *)pfc->pFilterContext + 1;
        if (raw->cbInData < 4 || memcmp(bytes + raw->cbInData - 4, "\r\n\r\n", 4) != 0) {
            pfc->ServerSupportFunction(pfc, SF_REQ_SET_NEXT_READ_SIZE, NULL, 3, 0);
            return SF_STATUS_REQ_READ_NEXT;
        }

        return SF_STATUS_REQ_NEXT_NOTIFICATION;
    }

    char text[64];
    sprintf(text, "reads %u\n", (unsigned)(ULONG_PTR)pfc->pFilterContext);
    filter_answer(pfc, "200 OK", text);
    return SF_STATUS_REQ_FINISHED;
}
