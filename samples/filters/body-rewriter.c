/*
 * Replaces a word in every response, whatever its length: holds the response back as it is sent (SEND_RAW_DATA) and sends the changed one
 * at the end of the request, with a Content-Length that is right again. The first block of a response is its head; it decides. Passed on as
 * they come, unchanged: bodies in chunks (streams) or in a content coding, responses that are too large, handed-over connections
 * (WebSocket), and what the server answers to something that is no request, since no end of a request follows it.
 */
#include <httpfilt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SOUGHT "stranger"
#define REPLACEMENT "dear visitor"
#define LIMIT (256 * 1024)

/* One for each connection, from its first request until the connection ends. */
struct held {
    BOOL open;    /* between PREPROC_HEADERS and END_OF_REQUEST */
    BOOL decided; /* the head has come */
    BOOL passing;
    DWORD count;
    char bytes[LIMIT];
};

BOOL WINAPI GetFilterVersion(HTTP_FILTER_VERSION *version)
{
    version->dwFilterVersion = HTTP_FILTER_REVISION;
    lstrcpynA(version->lpszFilterDesc, "Sample: rewrites response bodies", SF_MAX_FILTER_DESC_LEN);
    version->dwFlags = SF_NOTIFY_PREPROC_HEADERS | SF_NOTIFY_SEND_RAW_DATA | SF_NOTIFY_END_OF_REQUEST | SF_NOTIFY_ORDER_LOW;
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

/* Whether a response with this head is held back: one with a length, and a body in plain text. */
static BOOL is_for_us(const char *head, DWORD count)
{
    const char *end = head + count;
    return count > 12 && head[9] != '1' && find(head, end, "\r\nContent-Length:") != NULL
        && find(head, end, "\r\nContent-Encoding:") == NULL;
}

static void send_changed(HTTP_FILTER_CONTEXT *pfc, const struct held *held)
{
    const char *end = held->bytes + held->count;
    const char *body = find(held->bytes, end, "\r\n\r\n") + 4;
    const char *field = find(held->bytes, body, "\r\nContent-Length:");
    const char *rest;
    char *changed, length[64];
    DWORD count;

    /* No body came, whatever its length: an answer to HEAD. */
    changed = body == end ? NULL : malloc(2 * LIMIT);
    if (changed == NULL) {
        write_bytes(pfc, held->bytes, held->count);
        return;
    }

    for (rest = field + 2; *rest != '\r'; rest++) {
    }

    count = replace(body, end, changed);
    snprintf(length, sizeof length, "\r\nContent-Length: %u", (unsigned)count);
    write_bytes(pfc, held->bytes, (DWORD)(field - held->bytes));
    write_bytes(pfc, length, (DWORD)strlen(length));
    write_bytes(pfc, rest, (DWORD)(body - rest));
    write_bytes(pfc, changed, count);
    free(changed);
}

static void send_raw_data(HTTP_FILTER_CONTEXT *pfc, struct held *held, HTTP_FILTER_RAW_DATA *raw)
{
    if (!held->open || held->passing) {
        return;
    }

    if (!held->decided) {
        /* 100 Continue comes before the head that decides. */
        const char *head = raw->pvInData;
        held->decided = raw->cbInData < 12 || memcmp(head + 9, "100", 3) != 0;
        held->passing = held->decided && !is_for_us(head, raw->cbInData);
        if (!held->decided || held->passing) {
            return;
        }
    }

    if (raw->cbInData > LIMIT - held->count) {
        /* What WriteClient sends from inside a raw notification does not come back here. */
        held->passing = TRUE;
        write_bytes(pfc, held->bytes, held->count);
        held->count = 0;
        return;
    }

    memcpy(held->bytes + held->count, raw->pvInData, raw->cbInData);
    held->count += raw->cbInData;
    raw->cbInData = 0;
}

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    struct held *held = pfc->pFilterContext;
    if (held == NULL) {
        held = pfc->AllocMem(pfc, sizeof *held, 0);
        if (held == NULL) {
            return SF_STATUS_REQ_NEXT_NOTIFICATION;
        }

        memset(held, 0, sizeof *held);
        pfc->pFilterContext = held;
    }

    switch (notification) {
    case SF_NOTIFY_PREPROC_HEADERS:
        held->open = TRUE;
        held->decided = held->passing = FALSE;
        held->count = 0;
        break;
    case SF_NOTIFY_SEND_RAW_DATA:
        send_raw_data(pfc, held, data);
        break;
    case SF_NOTIFY_END_OF_REQUEST:
        /* From here WriteClient raises SEND_RAW_DATA for this filter too, and what it sends is to pass. */
        held->open = FALSE;
        if (held->count > 0) {
            send_changed(pfc, held);
            held->count = 0;
        }

        break;
    }

    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
