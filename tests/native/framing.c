/* Bodies that do or do not fit their head; the query string names one. */
#include "testing.h"

static const struct {
    const char *name;
    const char *status;
    const char *headers;
    const char *writes[4];
} answers[] = {
    { "own-length", "200 OK", "Content-Length: 4\r\n\r\n", { "body" } },
    { "too-short", "200 OK", "Content-Length: 10\r\n\r\n", { "body" } },
    { "too-long", "200 OK", "Content-Length: 4\r\n\r\n", { "body", "and more" } },
    { "own-chunks", "200 OK", "Transfer-Encoding: chunked\r\n\r\n", { "2\r\nbo\r\n", "2\r\ndy\r\n", "0\r\n\r\n" } },
    { "own-chunks-unfinished", "200 OK", "Transfer-Encoding: chunked\r\n\r\n", { "2\r\nbo\r\n" } },
    { "computed-length", "200 OK", "Content-Type: text/plain\r\n\r\n", { "bo", "dy" } },
    { "head-only", "200 OK", "X-Test: 1\r\n\r\n", { NULL } },
    { "head-only-404", "404 Not Found", "X-Test: 1\r\n\r\n", { NULL } },
    { "no-content", "204 No Content", "X-Test: 1\r\n\r\n", { "body" } },
    { "no-content-with-length", "204 No Content", "Content-Length: 4\r\n\r\n", { "body" } },
    { "not-modified", "304 Not Modified", "X-Test: 1\r\n\r\n", { "body" } },
};

TESTING_VERSION("framing: lengths and chunks")

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    size_t i, j;
    for (i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        if (variant_is(ecb, answers[i].name)) {
            send_head(ecb, answers[i].status, answers[i].headers);
            for (j = 0; j < 4 && answers[i].writes[j] != NULL; j++) {
                write_text(ecb, answers[i].writes[j]);
            }

            return HSE_STATUS_SUCCESS;
        }
    }

    return HSE_STATUS_ERROR;
}
