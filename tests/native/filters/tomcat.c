/*
 * Filter and extension in one module, the way of Tomcat's connector: the filter takes every URL below /app to its own extension and tells
 * it the original in headers of its own, which a client cannot forge since they are removed first.
 */
#include "filter_testing.h"

#ifdef _WIN32
#define SELF "/tomcat.dll"
#else
#define SELF "/tomcat.so"
#endif
#define HEADER(name) name "00007F00:"

TESTING_VERSION("tomcat")
FILTER_VERSION("tomcat", SF_NOTIFY_ORDER_HIGH | SF_NOTIFY_SECURE_PORT | SF_NOTIFY_NONSECURE_PORT | SF_NOTIFY_PREPROC_HEADERS | SF_NOTIFY_LOG)

static const char *names[] = {HEADER("TOMCATURI"), HEADER("TOMCATQUERY"), HEADER("TOMCATWORKER")};

/* Allocated at the first request of a connection and used again for the next: LOG points into it. */
struct scratch {
    char uri[32768];
};

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    HTTP_FILTER_PREPROC_HEADERS *headers = data;
    struct scratch *scratch = pfc->pFilterContext;
    DWORD size = sizeof scratch->uri;
    char *query;
    int i;
    if (notification == SF_NOTIFY_LOG) {
        if (scratch != NULL && scratch->uri[0] != '\0') {
            ((HTTP_FILTER_LOG *)data)->pszTarget = scratch->uri;
        }

        return SF_STATUS_REQ_NEXT_NOTIFICATION;
    }

    if (scratch == NULL) {
        scratch = pfc->pFilterContext = pfc->AllocMem(pfc, sizeof *scratch, 0);
    }

    scratch->uri[0] = '\0';
    for (i = 0; i < 3; i++) {
        if (!headers->SetHeader(pfc, (LPSTR)names[i], (LPSTR)"")) {
            return SF_STATUS_REQ_ERROR;
        }
    }

    if (!headers->GetHeader(pfc, (LPSTR)"url", scratch->uri, &size) || strncmp(scratch->uri, "/app", 4) != 0) {
        scratch->uri[0] = '\0';
        return SF_STATUS_REQ_NEXT_NOTIFICATION;
    }

    query = strchr(scratch->uri, '?');
    if (query != NULL) {
        *query++ = '\0';
    }

    if (!headers->AddHeader(pfc, (LPSTR)names[0], scratch->uri) || (query != NULL && !headers->AddHeader(pfc, (LPSTR)names[1], query))
        || !headers->AddHeader(pfc, (LPSTR)names[2], (LPSTR)"worker1") || !headers->SetHeader(pfc, (LPSTR)"url", (LPSTR)SELF)) {
        return SF_STATUS_REQ_ERROR;
    }

    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    static const char *variables[] = {"HTTP_TOMCATURI00007F00", "HTTP_TOMCATQUERY00007F00", "HTTP_TOMCATWORKER00007F00", "HTTP_URL", "UNENCODED_URL", "SCRIPT_NAME"};
    char value[40000];
    int i;
    send_text_head(ecb);
    for (i = 0; i < 6; i++) {
        DWORD size = sizeof value;
        write_text(ecb, variables[i]);
        write_text(ecb, "=");
        if (ecb->GetServerVariable(ecb->ConnID, (LPSTR)variables[i], value, &size)) {
            write_bytes(ecb, value, size - 1);
        }

        write_text(ecb, "\n");
    }

    return HSE_STATUS_SUCCESS;
}
