/*
 * Header functions. The request is changed before it is routed; the URL /rewrite?... leads to /echo-ecb with its query.
 * X-Probe asks GetHeader for a header with a buffer of X-Size bytes, and answers with what came of it.
 */
#include "filter_testing.h"

FILTER_VERSION("headers", SF_NOTIFY_PREPROC_HEADERS | SF_NOTIFY_SEND_RESPONSE)

#ifdef _WIN32
#define TARGET "/variables.dll"
#else
#define TARGET "/variables.so"
#endif

static DWORD probe(HTTP_FILTER_CONTEXT *pfc, HTTP_FILTER_PREPROC_HEADERS *headers, char *name)
{
    char value[256] = "", number[16] = "", text[512];
    DWORD size = sizeof number;
    BOOL done;
    headers->GetHeader(pfc, (LPSTR)"X-Size:", number, &size);
    size = (DWORD)atoi(number);
    done = headers->GetHeader(pfc, name, value, &size);
    snprintf(text, sizeof text, "%d %u %u %s\n", done != 0, done ? 0 : (unsigned)GetLastError(), (unsigned)size, value);
    filter_answer(pfc, "200 OK", text);
    return SF_STATUS_REQ_FINISHED_KEEP_CONN;
}

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    HTTP_FILTER_PREPROC_HEADERS *headers = data;
    char url[256], text[512];
    DWORD size = sizeof text;
    if (notification == SF_NOTIFY_SEND_RESPONSE) {
        if (headers->GetHeader(pfc, (LPSTR)"Content-Type:", text, &size) && strncmp(text, "text/plain", 10) == 0) {
            headers->SetHeader(pfc, (LPSTR)"X-Replaced:", (LPSTR)"one");
            headers->SetHeader(pfc, (LPSTR)"x-replaced:", (LPSTR)"two");
            headers->AddHeader(pfc, (LPSTR)"X-More:", (LPSTR)"a");
            headers->AddHeader(pfc, (LPSTR)"X-More:", (LPSTR)"b");
            headers->SetHeader(pfc, (LPSTR)"X-Absent:", (LPSTR)"");
            headers->SetHeader(pfc, (LPSTR)"Content-Type:", (LPSTR)"");
            headers->SetHeader(pfc, (LPSTR)"X-Evil:", (LPSTR)"a\r\nX-Injected: b");
            headers->SetHeader(pfc, (LPSTR)"status", (LPSTR)"203 Filtered");
            snprintf(text, sizeof text, "%u", (unsigned)headers->HttpStatus);
            headers->SetHeader(pfc, (LPSTR)"X-HttpStatus:", text);
        }

        return SF_STATUS_REQ_NEXT_NOTIFICATION;
    }

    if (headers->GetHeader(pfc, (LPSTR)"X-Probe:", text, &size)) {
        return probe(pfc, headers, text);
    }

    get_url(pfc, headers, url, sizeof url);
    if (strncmp(url, "/rewrite", 8) == 0) {
        snprintf(text, sizeof text, "%s%s", TARGET, url + 8);
        headers->SetHeader(pfc, (LPSTR)"X-Original-Path:", url);
        headers->AddHeader(pfc, (LPSTR)"X-Twice:", (LPSTR)"1");
        headers->AddHeader(pfc, (LPSTR)"X-Twice:", (LPSTR)"2");
        headers->SetHeader(pfc, (LPSTR)"X-Remove:", (LPSTR)"");
        headers->SetHeader(pfc, (LPSTR)"URL", text);
        headers->SetHeader(pfc, (LPSTR)"method", (LPSTR)"REPORT");
    }

    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
