/*
 * Changes the headers that say where the body ends, in SEND_RESPONSE, as compressing filters do. X-Change of the request says how:
 *   none, length NUMBER, chunked, both (no length and chunked), gzip (another Transfer-Encoding), unchunked
 * X-Changed of the response says what came of it: results and last errors.
 */
#include "filter_testing.h"

FILTER_VERSION("change-framing", SF_NOTIFY_PREPROC_HEADERS | SF_NOTIFY_SEND_RESPONSE)

static void set(HTTP_FILTER_CONTEXT *pfc, HTTP_FILTER_SEND_RESPONSE *response, const char *name, const char *value, char *results)
{
    char result[16];
    BOOL done = response->SetHeader(pfc, (LPSTR)name, (LPSTR)value);
    snprintf(result, sizeof result, "%s%u", results[0] == '\0' ? "" : " ", done ? 0 : (unsigned)GetLastError());
    strcat(results, result);
}

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    HTTP_FILTER_PREPROC_HEADERS *headers = data;
    char *change = pfc->pFilterContext, results[64] = "";
    DWORD size = 64;
    if (notification == SF_NOTIFY_PREPROC_HEADERS) {
        if (change == NULL) {
            pfc->pFilterContext = change = pfc->AllocMem(pfc, 64, 0);
        }

        change[0] = '\0';
        headers->GetHeader(pfc, (LPSTR) "X-Change:", change, &size);
        return SF_STATUS_REQ_NEXT_NOTIFICATION;
    }

    if (strcmp(change, "none") == 0 || strcmp(change, "both") == 0) {
        set(pfc, headers, "Content-Length:", "", results);
    }

    if (strcmp(change, "chunked") == 0 || strcmp(change, "both") == 0) {
        set(pfc, headers, "Transfer-Encoding:", "chunked", results);
    }

    if (strncmp(change, "length ", 7) == 0) {
        set(pfc, headers, "Content-Length:", change + 7, results);
    } else if (strcmp(change, "gzip") == 0) {
        set(pfc, headers, "Transfer-Encoding:", "gzip, chunked", results);
    } else if (strcmp(change, "unchunked") == 0) {
        set(pfc, headers, "Transfer-Encoding:", "", results);
    }

    headers->SetHeader(pfc, (LPSTR) "X-Changed:", results);
    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
