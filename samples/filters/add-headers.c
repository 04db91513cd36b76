/* Adds security headers to every response and takes the server's name out, whoever gives the answer. */
#include <httpfilt.h>

BOOL WINAPI GetFilterVersion(HTTP_FILTER_VERSION *version)
{
    version->dwFilterVersion = HTTP_FILTER_REVISION;
    lstrcpynA(version->lpszFilterDesc, "Sample: adds response headers", SF_MAX_FILTER_DESC_LEN);
    version->dwFlags = SF_NOTIFY_SEND_RESPONSE;
    return TRUE;
}

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    HTTP_FILTER_SEND_RESPONSE *response = data;
    (void)notification;
    response->SetHeader(pfc, (LPSTR)"X-Content-Type-Options:", (LPSTR)"nosniff");
    response->SetHeader(pfc, (LPSTR)"Referrer-Policy:", (LPSTR)"no-referrer");

    /* An empty value removes a header. */
    response->SetHeader(pfc, (LPSTR)"X-Powered-By:", (LPSTR)"");
    if (response->HttpStatus >= 400) {
        response->SetHeader(pfc, (LPSTR)"Cache-Control:", (LPSTR)"no-store");
    }

    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
