/*
 * Inside a notification of one connection, uses the context of another one that is inside a notification at that moment as well: "/wait" keeps its
 * context and stays in PREPROC_HEADERS until "/use" has tried to use it. "/use" answers with the results: TRUE as 1, else the last error.
 */
#include "filter_testing.h"

#ifndef _WIN32
#include <unistd.h>
#define Sleep(milliseconds) usleep((milliseconds) * 1000)
#endif

FILTER_VERSION("foreign-context", SF_NOTIFY_PREPROC_HEADERS)

static HTTP_FILTER_CONTEXT *volatile waiting;
static volatile int used;

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    HTTP_FILTER_PREPROC_HEADERS *headers = data;
    char url[256], text[64];
    DWORD size = sizeof url;
    int i;
    (void)notification;
    get_url(pfc, headers, url, sizeof url);
    if (strcmp(url, "/wait") == 0) {
        waiting = pfc;
        for (i = 0; i < 1000 && !used; i++) {
            Sleep(10);
        }

        filter_answer(pfc, "200 OK", used ? "used\n" : "left alone\n");
        return SF_STATUS_REQ_FINISHED_KEEP_CONN;
    }

    for (i = 0; i < 1000 && waiting == NULL; i++) {
        Sleep(10);
    }

    {
        BOOL got = headers->GetHeader(waiting, (LPSTR) "url", url, &size);
        DWORD first = got ? 1 : GetLastError(), second;
        got = pfc->AddResponseHeaders(waiting, (LPSTR) "X-Foreign: 1\r\n", 0);
        second = got ? 1 : GetLastError();
        snprintf(text, sizeof text, "%u %u\n", (unsigned)first, (unsigned)second);
    }

    used = 1;
    filter_answer(pfc, "200 OK", text);
    return SF_STATUS_REQ_FINISHED_KEEP_CONN;
}
