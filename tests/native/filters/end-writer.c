/* Swallows the whole response and sends it again from END_OF_REQUEST, with its length in the head: the way of TMG's sample. */
#include "filter_testing.h"

FILTER_VERSION("end-writer", SF_NOTIFY_SEND_RAW_DATA | SF_NOTIFY_END_OF_REQUEST)

static char collected[65536];
static DWORD count;
static int sending;

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    if (notification == SF_NOTIFY_SEND_RAW_DATA) {
        HTTP_FILTER_RAW_DATA *raw = data;
        if (!sending && count + raw->cbInData <= sizeof collected) {
            memcpy(collected + count, raw->pvInData, raw->cbInData);
            count += raw->cbInData;
            raw->cbInData = 0;
        }
    } else {
        DWORD bytes = count;
        sending = 1;
        pfc->WriteClient(pfc, collected, &bytes, 0);
        sending = 0;
        count = 0;
    }

    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
