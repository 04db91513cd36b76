/*
 * Replaces a word in every response, whatever its length: holds the response back as it is sent (SEND_RAW_DATA) and sends the changed one
 * at the end of the request, with a Content-Length that is right again. Bodies in chunks or in a content coding, and responses that are
 * too large, are passed on unchanged.
 */
#include <httpfilt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SOUGHT "stranger"
#define REPLACEMENT "dear visitor"
#define LIMIT (256 * 1024)

/* One for each connection, from its first response until the connection ends. */
struct held {
    DWORD count;
    BOOL passing;
    char bytes[LIMIT];
};

BOOL WINAPI GetFilterVersion(HTTP_FILTER_VERSION *version)
{
    version->dwFilterVersion = HTTP_FILTER_REVISION;
    lstrcpynA(version->lpszFilterDesc, "Sample: rewrites response bodies", SF_MAX_FILTER_DESC_LEN);
    version->dwFlags = SF_NOTIFY_SEND_RAW_DATA | SF_NOTIFY_END_OF_REQUEST | SF_NOTIFY_ORDER_LOW;
    return TRUE;
}

static void write_bytes(HTTP_FILTER_CONTEXT *pfc, const char *bytes, DWORD count)
{
    pfc->WriteClient(pfc, (LPVOID)bytes, &count, 0);
}

static const char *find(const char *bytes, const char *end, const char *text)
{
    size_t length = strlen(text);
    for (; bytes + length <= end; bytes++) {
        if (memcmp(bytes, text, length) == 0) {
            return bytes;
        }
    }

    return NULL;
}

static DWORD replace(const char *body, const char *end, char *changed)
{
    DWORD length = 0;
    const char *word;
    while ((word = find(body, end, SOUGHT)) != NULL) {
        memcpy(changed + length, body, (size_t)(word - body));
        length += (DWORD)(word - body);
        memcpy(changed + length, REPLACEMENT, strlen(REPLACEMENT));
        length += (DWORD)strlen(REPLACEMENT);
        body = word + strlen(SOUGHT);
    }

    memcpy(changed + length, body, (size_t)(end - body));
    return length + (DWORD)(end - body);
}

static void send_changed(HTTP_FILTER_CONTEXT *pfc, const struct held *held)
{
    const char *end = held->bytes + held->count;
    const char *blank = find(held->bytes, end, "\r\n\r\n");
    const char *field = blank == NULL ? NULL : find(held->bytes, blank + 2, "\r\nContent-Length:");
    char *changed = field == NULL || find(held->bytes, blank, "\r\nContent-Encoding:") != NULL ? NULL : malloc(2 * LIMIT);
    const char *rest;
    char length[64];
    DWORD count;
    if (changed == NULL) {
        write_bytes(pfc, held->bytes, held->count);
        return;
    }

    for (rest = field + 2; *rest != '\r'; rest++) {
    }

    count = replace(blank + 4, end, changed);
    snprintf(length, sizeof length, "\r\nContent-Length: %u", (unsigned)count);
    write_bytes(pfc, held->bytes, (DWORD)(field - held->bytes));
    write_bytes(pfc, length, (DWORD)strlen(length));
    write_bytes(pfc, rest, (DWORD)(blank + 4 - rest));
    write_bytes(pfc, changed, count);
    free(changed);
}

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    HTTP_FILTER_RAW_DATA *raw = data;
    struct held *held = pfc->pFilterContext;
    if (held == NULL) {
        held = pfc->AllocMem(pfc, sizeof *held, 0);
        if (held == NULL) {
            return SF_STATUS_REQ_NEXT_NOTIFICATION;
        }

        held->count = 0;
        held->passing = FALSE;
        pfc->pFilterContext = held;
    }

    if (notification == SF_NOTIFY_END_OF_REQUEST) {
        /* What WriteClient sends comes through SEND_RAW_DATA as well, and is to pass. */
        held->passing = TRUE;
        if (held->count > 0) {
            send_changed(pfc, held);
        }

        held->passing = FALSE;
        held->count = 0;
    } else if (!held->passing) {
        if (raw->cbInData > LIMIT - held->count) {
            held->passing = TRUE;
            write_bytes(pfc, held->bytes, held->count);
            held->count = 0;
        } else {
            memcpy(held->bytes + held->count, raw->pvInData, raw->cbInData);
            held->count += raw->cbInData;
            raw->cbInData = 0;
        }
    }

    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
