/* Returns a value from a notification: /at/NOTIFICATION/VALUE, both hexadecimal. The last error is ERROR_ACCESS_DENIED. */
#include "filter_testing.h"

FILTER_VERSION("returns-at", SF_NOTIFY_PREPROC_HEADERS | SF_NOTIFY_URL_MAP | SF_NOTIFY_AUTHENTICATION | SF_NOTIFY_AUTH_COMPLETE
    | SF_NOTIFY_ACCESS_DENIED | SF_NOTIFY_SEND_RESPONSE | SF_NOTIFY_READ_RAW_DATA | SF_NOTIFY_SEND_RAW_DATA | SF_NOTIFY_END_OF_REQUEST
    | SF_NOTIFY_LOG | SF_NOTIFY_END_OF_NET_SESSION)

struct wish {
    DWORD notification, value;
};

/* The request line tells, so that the first block that is read can be answered too. */
static void read_wish(HTTP_FILTER_CONTEXT *pfc, HTTP_FILTER_RAW_DATA *raw)
{
    char text[256], *at;
    struct wish *wish = pfc->AllocMem(pfc, sizeof *wish, 0);
    DWORD count = raw->cbInData < sizeof text - 1 ? raw->cbInData : (DWORD)sizeof text - 1;
    memset(wish, 0, sizeof *wish);
    memcpy(text, raw->pvInData, count);
    text[count] = '\0';
    at = strstr(text, "/at/");
    if (at != NULL) {
        wish->notification = (DWORD)strtoul(at + 4, &at, 16);
        wish->value = (DWORD)strtoul(at + 1, NULL, 16);
    }

    pfc->pFilterContext = wish;
}

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    struct wish *wish;
    if (notification == SF_NOTIFY_READ_RAW_DATA && pfc->pFilterContext == NULL) {
        read_wish(pfc, data);
    }

    wish = pfc->pFilterContext;
    if (wish != NULL && wish->notification == notification) {
        SetLastError(ERROR_ACCESS_DENIED);
        return wish->value;
    }

    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
