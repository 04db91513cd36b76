/* Leaves the thread of the notification changed (thread_state.h) that the URL names: "/change/PREPROC/unmask". */
#include "filter_testing.h"
#include "../thread_state.h"

FILTER_VERSION("thread-state", SF_NOTIFY_PREPROC_HEADERS | SF_NOTIFY_SEND_RESPONSE | SF_NOTIFY_LOG)

static char wanted[200];

static void change_if(const char *notification)
{
    size_t length = strlen(notification);
    if (strncmp(wanted, notification, length) == 0) {
        change_state(wanted + length);
    }
}

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    switch (notification) {
    case SF_NOTIFY_PREPROC_HEADERS: {
        char url[200];
        const char *at = strstr(get_url(pfc, (HTTP_FILTER_PREPROC_HEADERS *)data, url, sizeof url), "/change/");
        lstrcpynA(wanted, at != NULL ? at + strlen("/change/") : "", sizeof wanted);
        change_if("PREPROC/");
        break;
    }
    case SF_NOTIFY_SEND_RESPONSE:
        change_if("RESPONSE/");
        break;
    case SF_NOTIFY_LOG:
        change_if("LOG/");
        break;
    }

    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
