/*
 * Rewrites URLs before they are routed: /old/... becomes /new/..., and /product/17 becomes /hello.dll?name=17 (.so on Linux).
 *
 * A filter that sets "url" decides which extension gets the request, what its variables say and which file is meant; the URL that the
 * client sent stays readable as UNENCODED_URL.
 */
#include <httpfilt.h>
#include <stdio.h>
#include <string.h>

#ifdef _WIN32
#define TARGET "/hello.dll?name="
#else
#define TARGET "/hello.so?name="
#endif

BOOL WINAPI GetFilterVersion(HTTP_FILTER_VERSION *version)
{
    version->dwFilterVersion = HTTP_FILTER_REVISION;
    lstrcpynA(version->lpszFilterDesc, "Sample: rewrites URLs", SF_MAX_FILTER_DESC_LEN);
    version->dwFlags = SF_NOTIFY_PREPROC_HEADERS | SF_NOTIFY_ORDER_HIGH;
    return TRUE;
}

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    HTTP_FILTER_PREPROC_HEADERS *headers = data;
    char url[2048], rewritten[2200];
    DWORD size = sizeof url;
    (void)notification;

    /* Longer URLs are none of ours: FALSE with ERROR_INSUFFICIENT_BUFFER. */
    if (!headers->GetHeader(pfc, (LPSTR)"url", url, &size)) {
        return SF_STATUS_REQ_NEXT_NOTIFICATION;
    }

    if (strncmp(url, "/old/", 5) == 0) {
        snprintf(rewritten, sizeof rewritten, "/new/%s", url + 5);
    } else if (strncmp(url, "/product/", 9) == 0) {
        snprintf(rewritten, sizeof rewritten, TARGET "%s", url + 9);
    } else {
        return SF_STATUS_REQ_NEXT_NOTIFICATION;
    }

    return headers->SetHeader(pfc, (LPSTR)"url", rewritten) ? SF_STATUS_REQ_NEXT_NOTIFICATION : SF_STATUS_REQ_ERROR;
}
