/* Answers by itself, in each of the ways that filters do it. */
#include "filter_testing.h"

FILTER_VERSION("answers", SF_NOTIFY_PREPROC_HEADERS)

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    char url[256];
    (void)notification;
    get_url(pfc, data, url, sizeof url);
    if (strcmp(url, "/finished") == 0) {
        filter_head(pfc, "403 Forbidden", "Content-Type: text/plain\r\nX-Filter: yes\r\n\r\n");
        filter_write(pfc, "first ");
        filter_write(pfc, "second\n");
        return SF_STATUS_REQ_FINISHED;
    }

    if (strcmp(url, "/kept") == 0) {
        filter_answer(pfc, "200 OK", "kept\n");
        return SF_STATUS_REQ_FINISHED_KEEP_CONN;
    }

    if (strcmp(url, "/added") == 0) {
        /* The way of Tomcat's connector: the text ends in an empty line, and the head itself brings no headers. */
        pfc->AddResponseHeaders(pfc, (LPSTR) "Content-Type: text/html\r\nX-Added: 1\r\n\r\n", 0);
        filter_head(pfc, "502 Bad Gateway", NULL);
        filter_write(pfc, "<p>error");
        return SF_STATUS_REQ_FINISHED;
    }

    if (strcmp(url, "/raw") == 0) {
        filter_write(pfc, "HTTP/1.1 299 Odd\r\nContent-Length: 4\r\n\r\nraw\n");
        return SF_STATUS_REQ_FINISHED_KEEP_CONN;
    }

    if (strcmp(url, "/nothing") == 0) {
        return SF_STATUS_REQ_FINISHED;
    }

    if (strcmp(url, "/default-status") == 0) {
        filter_head(pfc, NULL, "Content-Length: 2\r\n\r\n");
        filter_write(pfc, "ok");
        return SF_STATUS_REQ_FINISHED;
    }

    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
