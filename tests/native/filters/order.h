/* A link of a chain: says in X-Order where it came for the request, and puts its letter in place of the first '@' that the client would get. */
#include "filter_testing.h"

FILTER_VERSION("order " ORDER_LETTER, ORDER_FLAG | SF_NOTIFY_PREPROC_HEADERS | SF_NOTIFY_SEND_RAW_DATA)

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    if (notification == SF_NOTIFY_PREPROC_HEADERS) {
        HTTP_FILTER_PREPROC_HEADERS *headers = data;
        char order[64] = "", url[256];
        DWORD size = sizeof order - 1;
        headers->GetHeader(pfc, (LPSTR)"X-Order:", order, &size);
        strcat(order, ORDER_LETTER);
        headers->SetHeader(pfc, (LPSTR)"X-Order:", order);
        get_url(pfc, headers, url, sizeof url);
        if (strcmp(url, "/answer-" ORDER_LETTER) == 0) {
            filter_answer(pfc, "200 OK", "@@@@");
            return SF_STATUS_REQ_FINISHED_KEEP_CONN;
        }
    } else {
        HTTP_FILTER_RAW_DATA *raw = data;
        char *at = memchr(raw->pvInData, '@', raw->cbInData);
        if (at != NULL) {
            *at = ORDER_LETTER[0];
        }
    }

    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
