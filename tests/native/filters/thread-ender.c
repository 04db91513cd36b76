/* Ends the thread that runs a notification: "/end/HEX" in the URL, the notification. After that it does so no more on this connection. */
#include "filter_testing.h"

#ifndef _WIN32
#include <pthread.h>
#define ExitThread(code) pthread_exit(NULL)
#endif

FILTER_VERSION("thread-ender", SF_NOTIFY_PREPROC_HEADERS | SF_NOTIFY_URL_MAP | SF_NOTIFY_AUTH_COMPLETE | SF_NOTIFY_SEND_RESPONSE
    | SF_NOTIFY_SEND_RAW_DATA | SF_NOTIFY_END_OF_REQUEST | SF_NOTIFY_LOG | SF_NOTIFY_END_OF_NET_SESSION)

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    if (notification == SF_NOTIFY_PREPROC_HEADERS) {
        char url[256], *at = strstr(get_url(pfc, data, url, sizeof url), "/end/");
        pfc->pFilterContext = at != NULL ? (PVOID)(ULONG_PTR)strtoul(at + 5, NULL, 16) : NULL;
    }

    if ((DWORD)(ULONG_PTR)pfc->pFilterContext == notification) {
        pfc->pFilterContext = NULL;
        ExitThread(0);
    }

    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
