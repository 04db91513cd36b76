/*
 * Writes down the blocks of SEND_RAW_DATA: H for one that is a head to its blank line and nothing more, M for a head with something behind it, B for
 * one that is no head. "/blocks" answers with the blocks since the last such request, and is not written down itself. The head is given an
 * X-Block header in place: there is room for it behind the block.
 */
#include "filter_testing.h"

FILTER_VERSION("raw-blocks", SF_NOTIFY_PREPROC_HEADERS | SF_NOTIFY_SEND_RAW_DATA)

#define ADDED "X-Block: 1\r\n\r\n"

static char blocks[4096];
static size_t count;
static int off;

static void note(char kind)
{
    if (count < sizeof blocks - 2) {
        blocks[count++] = kind;
    }
}

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    HTTP_FILTER_RAW_DATA *raw = data;
    char *bytes;
    DWORD at;
    if (notification == SF_NOTIFY_PREPROC_HEADERS) {
        char url[256];
        off = strcmp(get_url(pfc, data, url, sizeof url), "/blocks") == 0;
        if (!off) {
            return SF_STATUS_REQ_NEXT_NOTIFICATION;
        }

        blocks[count++] = '\n';
        blocks[count] = '\0';
        filter_answer(pfc, "200 OK", blocks);
        count = 0;
        return SF_STATUS_REQ_FINISHED_KEEP_CONN;
    }

    if (off) {
        return SF_STATUS_REQ_NEXT_NOTIFICATION;
    }

    bytes = raw->pvInData;
    if (raw->cbInData < 7 || strncmp(bytes, "HTTP/1.", 7) != 0) {
        note('B');
        return SF_STATUS_REQ_NEXT_NOTIFICATION;
    }

    for (at = 0; at + 4 <= raw->cbInData && memcmp(bytes + at, "\r\n\r\n", 4) != 0; at++) {
    }

    if (at + 4 != raw->cbInData) {
        note('M');
        return SF_STATUS_REQ_NEXT_NOTIFICATION;
    }

    note('H');
    if (raw->cbInBuffer >= raw->cbInData + sizeof ADDED) {
        memcpy(bytes + at + 2, ADDED, sizeof ADDED - 1);
        raw->cbInData = at + 2 + (DWORD)sizeof ADDED - 1;
    }

    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
