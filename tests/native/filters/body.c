/*
 * Changes bytes of responses: "hello" becomes "HELLO" in place, a block with "[grow]" is replaced by a longer one in memory of the filter,
 * a block with "[swallow]" is swallowed. In requests "secret" becomes "public".
 */
#include "filter_testing.h"

FILTER_VERSION("body", SF_NOTIFY_SEND_RAW_DATA | SF_NOTIFY_READ_RAW_DATA)

static char *find(HTTP_FILTER_RAW_DATA *raw, const char *word)
{
    size_t length = strlen(word);
    char *bytes = raw->pvInData;
    DWORD i;
    for (i = 0; i + length <= raw->cbInData; i++) {
        if (memcmp(bytes + i, word, length) == 0) {
            return bytes + i;
        }
    }

    return NULL;
}

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    HTTP_FILTER_RAW_DATA *raw = data;
    char *at;
    if (raw->cbInBuffer < raw->cbInData) {
        SetLastError(ERROR_INVALID_DATA);
        return SF_STATUS_REQ_ERROR;
    }

    if (notification == SF_NOTIFY_READ_RAW_DATA) {
        if ((at = find(raw, "secret")) != NULL) {
            memcpy(at, "public", 6);
        }

        return SF_STATUS_REQ_NEXT_NOTIFICATION;
    }

    if ((at = find(raw, "hello")) != NULL) {
        memcpy(at, "HELLO", 5);
    }

    if (find(raw, "[swallow]") != NULL) {
        raw->cbInData = 0;
    } else if ((at = find(raw, "[grow]")) != NULL) {
        DWORD before = (DWORD)(at - (char *)raw->pvInData);
        char *larger = pfc->AllocMem(pfc, raw->cbInData + 100, 0);
        memcpy(larger, raw->pvInData, before);
        memset(larger + before, '+', 100);
        memcpy(larger + before + 100, at, raw->cbInData - before);
        raw->pvInData = larger;
        raw->cbInData += 100;
        raw->cbInBuffer = raw->cbInData;
    }

    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
