/* Answers written with WriteClient and no head call at all; the query string names one. */
#include "testing.h"

static const struct {
    const char *name;
    const char *writes[4];
} answers[] = {
    { "http11", { "HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\nX-Test: 1\r\nContent-Length: 4\r\n\r\nbody" } },
    { "http10", { "HTTP/1.0 503 Busy\r\nContent-Type: text/plain\r\nX-Test: 1\r\n\r\nbody" } },
    { "close", { "HTTP/1.1 200 OK\r\nConnection: close\r\nX-Test: 1\r\n\r\nbody" } },
    { "in-pieces", { "HTT", "P/1.1 201 Cre", "ated\r\nX-Test: 1\r\nContent-Length: 4\r", "\n\r\nbody" } },
    { "own-chunks", { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Test: 1\r\n\r\n", "2\r\nbo\r\n", "2\r\ndy\r\n", "0\r\n\r\n" } },
    { "cgi", { "Content-Type: text/plain\nX-Test: 1\n\nbody" } },
    { "cgi-status", { "Status: 404 Not Found\r\nContent-Type: text/plain\r\nX-Test: 1\r\n\r\nbody" } },
    { "cgi-in-pieces", { "Content-Type: te", "xt/plain\r\nX-Test: 1\r\n", "\r\n", "body" } },
    { "text", { "just text, no head" } },
    { "html", { "<html><body>just a page</body></html>" } },
    { "short-text", { "H" } },
};

TESTING_VERSION("raw: answers without a head call")

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    size_t i, j;
    for (i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        if (variant_is(ecb, answers[i].name)) {
            for (j = 0; j < 4 && answers[i].writes[j] != NULL; j++) {
                write_text(ecb, answers[i].writes[j]);
            }

            return HSE_STATUS_SUCCESS;
        }
    }

    return HSE_STATUS_ERROR;
}
