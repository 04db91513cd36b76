/*
 * Turns the bytes of a request's body into calls, so that a test can say anything to the host:
 *
 *   STATUS \1 HEADERS \2 WRITE \2 WRITE …
 *
 * "?head" gives status and headers to request 3, "?headex" to 1016 with their lengths, "?vector" to VECTOR_SEND (1037) with the writes as its
 * elements; without \1 the headers are NULL. "?raw" has neither status nor headers: the body is nothing but writes.
 * "&status=N" sets dwHttpStatusCode, "&error" returns HSE_STATUS_ERROR, "&close" ends with HSE_REQ_CLOSE_CONNECTION.
 * "?mark" answers "mark"; "?reported" tells what the calls of the last request with "&report" gave.
 */
#include "testing.h"

#define MAX_WRITES 64

typedef struct {
    char *start;
    DWORD length;
} text;

static char reported[1024];

TESTING_VERSION("evil: calls as the body says")

static BOOL has_word(EXTENSION_CONTROL_BLOCK *ecb, const char *word)
{
    return strstr(ecb->lpszQueryString, word) != NULL;
}

static void report(EXTENSION_CONTROL_BLOCK *ecb, const char *call, BOOL result)
{
    DWORD error = result ? 0 : GetLastError();
    size_t used = strlen(reported);
    if (has_word(ecb, "&report")) {
        snprintf(reported + used, sizeof reported - used, "%s=%d/%u ", call, result != 0, (unsigned)error);
    }
}

static text read_body(EXTENSION_CONTROL_BLOCK *ecb)
{
    const DWORD room = 8 << 20;
    text body = { malloc(room + 1), ecb->cbAvailable };
    memcpy(body.start, ecb->lpbData, ecb->cbAvailable);
    while (body.length < ecb->cbTotalBytes && body.length < room) {
        DWORD count = room - body.length;
        if (!ecb->ReadClient(ecb->ConnID, body.start + body.length, &count) || count == 0) {
            break;
        }

        body.length += count;
    }

    body.start[body.length] = '\0';
    return body;
}

/* Takes what stands before a divider, which becomes a NUL, or all there is. */
static text take(text *rest, int divider)
{
    char *end = memchr(rest->start, divider, rest->length);
    text taken = { rest->start, end == NULL ? rest->length : (DWORD)(end - rest->start) };
    DWORD passed = end == NULL ? taken.length : taken.length + 1;
    taken.start[taken.length] = '\0';
    rest->start += passed;
    rest->length -= passed;
    return taken;
}

static BOOL send_vector(EXTENSION_CONTROL_BLOCK *ecb, const char *status, const char *headers, const text *writes, DWORD count)
{
    HSE_VECTOR_ELEMENT elements[MAX_WRITES];
    HSE_RESPONSE_VECTOR vector;
    DWORD i;
    memset(elements, 0, sizeof elements);
    memset(&vector, 0, sizeof vector);
    for (i = 0; i < count; i++) {
        elements[i].ElementType = HSE_VECTOR_ELEMENT_TYPE_MEMORY_BUFFER;
        elements[i].pvContext = writes[i].start;
        elements[i].cbSize = writes[i].length;
    }

    vector.dwFlags = HSE_IO_SYNC | HSE_IO_SEND_HEADERS;
    vector.pszStatus = (LPSTR)status;
    vector.pszHeaders = (LPSTR)headers;
    vector.nElementCount = count;
    vector.lpElementArray = elements;
    return ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_VECTOR_SEND, &vector, NULL, NULL);
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    text body, rest, status = { NULL, 0 }, headers = { NULL, 0 }, writes[MAX_WRITES];
    DWORD count = 0, i;
    if (variant_is(ecb, "mark") || variant_is(ecb, "reported")) {
        send_text_head(ecb);
        write_text(ecb, variant_is(ecb, "mark") ? "mark" : reported);
        return HSE_STATUS_SUCCESS;
    }

    if (has_word(ecb, "&report")) {
        reported[0] = '\0';
    }

    ecb->dwHttpStatusCode = (DWORD)query_number(ecb, "status", (long long)ecb->dwHttpStatusCode);
    body = rest = read_body(ecb);
    if (!variant_is(ecb, "raw")) {
        status = take(&rest, 1);
        if (rest.length > 0) {
            headers = take(&rest, 2);
        }
    }

    while (rest.length > 0 && count < MAX_WRITES) {
        writes[count++] = take(&rest, 2);
    }

    if (variant_is(ecb, "head")) {
        report(ecb, "head", send_head_3(ecb, status.start, headers.start));
    } else if (variant_is(ecb, "headex")) {
        report(ecb, "head", send_head(ecb, status.start, headers.start == NULL ? "" : headers.start));
    } else if (variant_is(ecb, "vector")) {
        report(ecb, "vector", send_vector(ecb, status.start, headers.start == NULL ? "" : headers.start, writes, count));
        count = 0;
    }

    for (i = 0; i < count; i++) {
        report(ecb, "write", write_bytes(ecb, writes[i].start, writes[i].length));
    }

    if (has_word(ecb, "&close")) {
        report(ecb, "close", ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_CLOSE_CONNECTION, NULL, NULL, NULL));
    }

    free(body.start);
    return has_word(ecb, "&error") ? HSE_STATUS_ERROR : HSE_STATUS_SUCCESS;
}
