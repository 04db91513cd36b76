/*
 * A head with the Content-Length of both its writes, a write, half a second, a second write: what was gathered goes out in between.
 * "?wait=N" waits N milliseconds; "?no-length" declares nothing; "&flush" sets HSE_REQ_SET_FLUSH_FLAG before; "&empty" writes nothing;
 * "&close" ends with HSE_REQ_CLOSE_CONNECTION, before the wait.
 */
#include "testing.h"

TESTING_VERSION("slow: half a second between two writes")

static BOOL has_word(EXTENSION_CONTROL_BLOCK *ecb, const char *word)
{
    return strstr(ecb->lpszQueryString, word) != NULL;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    BOOL empty = has_word(ecb, "&empty");
    if (has_word(ecb, "&flush")) {
        ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_SET_FLUSH_FLAG, (LPVOID)(ULONG_PTR)TRUE, NULL, NULL);
    }

    send_head(ecb, "200 OK", variant_is(ecb, "no-length") ? "X-Test: 1\r\n\r\n" : "X-Test: 1\r\nContent-Length: 13\r\n\r\n");
    if (!empty) {
        write_text(ecb, "first\n");
    }

    if (has_word(ecb, "&close")) {
        ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_CLOSE_CONNECTION, NULL, NULL, NULL);
    }

    Sleep((DWORD)query_number(ecb, "wait", 500));
    if (!empty) {
        write_text(ecb, "second\n");
    }

    return HSE_STATUS_SUCCESS;
}
