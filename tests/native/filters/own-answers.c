/*
 * Answers by itself and returns what the URL says: "/KIND/finished" or "/KIND/kept" with KIND
 *   short     a head and a body of 6 bytes, no Content-Length
 *   long      the same with 300,000 bytes in pieces
 *   slow      a head and a first line, then the rest after two seconds
 *   post      as short; the request has a body that nobody reads
 */
#include "filter_testing.h"

#ifndef _WIN32
#include <unistd.h>
#define Sleep(milliseconds) usleep((milliseconds) * 1000)
#endif

FILTER_VERSION("own-answers", SF_NOTIFY_PREPROC_HEADERS)

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    static const char piece[3000];
    char url[256];
    int i;
    (void)notification;
    get_url(pfc, data, url, sizeof url);
    if (strstr(url, "/finished") == NULL && strstr(url, "/kept") == NULL) {
        return SF_STATUS_REQ_NEXT_NOTIFICATION;
    }

    filter_head(pfc, "200 OK", "Content-Type: text/plain\r\n\r\n");
    if (strncmp(url, "/long", 5) == 0) {
        for (i = 0; i < 100; i++) {
            DWORD count = sizeof piece;
            pfc->WriteClient(pfc, (LPVOID)piece, &count, 0);
        }
    } else if (strncmp(url, "/slow", 5) == 0) {
        filter_write(pfc, "first\n");
        Sleep(2000);
        filter_write(pfc, "second\n");
    } else {
        filter_write(pfc, "short\n");
    }

    return strstr(url, "/kept") != NULL ? SF_STATUS_REQ_FINISHED_KEEP_CONN : SF_STATUS_REQ_FINISHED;
}
