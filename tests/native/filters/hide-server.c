/* What every hardening filter does: looks at Server and Date, and removes or replaces Server ("/replace" in the URL). X-Server and X-Date tell. */
#include "filter_testing.h"

FILTER_VERSION("hide-server", SF_NOTIFY_PREPROC_HEADERS | SF_NOTIFY_SEND_RESPONSE)

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    HTTP_FILTER_PREPROC_HEADERS *headers = data;
    char text[128];
    DWORD size = sizeof text;
    if (notification == SF_NOTIFY_PREPROC_HEADERS) {
        char url[256];
        get_url(pfc, headers, url, sizeof url);
        pfc->pFilterContext = strncmp(url, "/replace", 8) == 0 ? pfc : NULL;
        return SF_STATUS_REQ_NEXT_NOTIFICATION;
    }

    headers->SetHeader(pfc, (LPSTR) "X-Server:", headers->GetHeader(pfc, (LPSTR) "Server:", text, &size) ? text : (LPSTR) "none");
    size = sizeof text;
    headers->SetHeader(pfc, (LPSTR) "X-Date:", headers->GetHeader(pfc, (LPSTR) "Date:", text, &size) ? text : (LPSTR) "none");
    headers->SetHeader(pfc, (LPSTR) "Server:", pfc->pFilterContext != NULL ? (LPSTR) "Other/1.0" : (LPSTR) "");
    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
