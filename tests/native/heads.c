/* Response heads as real extensions send them; the query string names one. The body that follows is "body". */
#include "testing.h"

enum { BY_3 = 3, BY_1016 = 1016 };

/* status and headers of one head; what is written after it when that is not "body". */
static const struct {
    const char *name;
    int request;
    const char *status;
    const char *headers;
    const char *body;
} heads[] = {
    { "plain", BY_1016, "200 OK", "Content-Type: text/plain\r\nX-Test: 1\r\n\r\n", NULL },
    { "by-3", BY_3, "200 OK", "Content-Type: text/plain\r\nX-Test: 1\r\n\r\n", NULL },
    { "lf-only", BY_1016, "200 OK", "Content-Type: text/plain\nX-Test: 1\n\n", NULL },
    { "lf-only-by-3", BY_3, "200 OK", "Content-Type: text/plain\nX-Test: 1\n\n", NULL },
    { "no-blank-line", BY_1016, "200 OK", "Content-Type: text/plain\r\nX-Test: 1\r\n", NULL },
    { "no-line-end", BY_1016, "200 OK", "Content-Type: text/plain\r\nX-Test: 1", NULL },
    { "blank-line-in-first-write", BY_3, "200 OK", "Content-Type: text/plain\r\nX-Test: 1\r\n", "\r\nbody" },
    { "with-body", BY_3, "200 OK", "Content-Type: text/plain\r\nX-Test: 1\r\n\r\nbo", "dy" },
    { "with-whole-body", BY_1016, "200 OK", "Content-Type: text/plain\r\nX-Test: 1\r\n\r\nbody", "" },
    { "name-space-colon", BY_1016, "200 OK", "Content-Type : text/plain\r\nX-Test : 1\r\n\r\n", NULL },
    { "set-cookie-twice", BY_1016, "200 OK", "Set-Cookie: a=1\r\nSet-Cookie: b=2\r\nX-Test: 1\r\n\r\n", NULL },
    { "continuation", BY_1016, "200 OK", "X-Long: one\r\n two\r\nX-Test: 1\r\n\r\n", NULL },
    { "no-colon-line", BY_1016, "200 OK", "this is no header\r\nX-Test: 1\r\n\r\n", NULL },
    { "server-and-date", BY_1016, "200 OK", "Server: mine\r\nDate: Thu, 01 Jan 2004 00:00:00 GMT\r\nX-Test: 1\r\n\r\n", NULL },
    { "content-length-twice", BY_1016, "200 OK", "Content-Length: 4\r\nContent-Length: 4\r\nX-Test: 1\r\n\r\n", NULL },
    { "content-length-differs", BY_1016, "200 OK", "Content-Length: 4\r\nContent-Length: 5\r\nX-Test: 1\r\n\r\n", NULL },
    { "connection-close", BY_1016, "200 OK", "Connection: close\r\nX-Test: 1\r\n\r\n", NULL },
    { "connection-keep-alive", BY_1016, "200 OK", "Connection: keep-alive\r\nKeep-Alive: timeout=5\r\nX-Test: 1\r\n\r\n", NULL },
    { "high-bytes", BY_1016, "200 OK", "X-Latin: caf\xe9\r\nX-Test: 1\r\n\r\n", NULL },
    { "status-reason", BY_1016, "404 Nothing Here", "X-Test: 1\r\n\r\n", NULL },
    { "status-number-only", BY_1016, "404", "X-Test: 1\r\n\r\n", NULL },
    { "status-doubled", BY_1016, "200 200", "X-Test: 1\r\n\r\n", NULL },
    { "status-with-protocol", BY_1016, "HTTP/1.1 404 Not Found", "X-Test: 1\r\n\r\n", NULL },
    { "status-null", BY_3, NULL, "X-Test: 1\r\n\r\n", NULL },
    { "status-empty", BY_3, "", "X-Test: 1\r\n\r\n", NULL },
    { "status-in-headers", BY_3, NULL, "HTTP/1.1 404 Not Found\r\nX-Test: 1\r\n\r\n", NULL },
    { "status-header-line", BY_1016, "200 OK", "Status: 404 Not Found\r\nX-Test: 1\r\n\r\n", NULL },
    { "status-is-a-header", BY_3, "Connection: Keep-Alive", "X-Test: 1\r\n\r\n", NULL },
    { "status-with-crlf", BY_1016, "200 OK\r\nX-Smuggled: 1", "X-Test: 1\r\n\r\n", NULL },
    { "no-headers", BY_3, "200 OK", NULL, NULL },
};

TESTING_VERSION("heads: response heads of all kinds")

static BOOL send_by_1016(EXTENSION_CONTROL_BLOCK *ecb, const char *status, const char *headers, int extra, BOOL keep)
{
    HSE_SEND_HEADER_EX_INFO info;
    info.pszStatus = status;
    info.pszHeader = headers;
    info.cchStatus = (DWORD)((int)strlen(status) + extra);
    info.cchHeader = (DWORD)((int)strlen(headers) + extra);
    info.fKeepConn = keep;
    return ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_SEND_RESPONSE_HEADER_EX, &info, NULL, NULL);
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    static const char headers[] = "Content-Type: text/plain\r\nX-Test: 1\r\n\r\n";
    size_t i;

    for (i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        if (variant_is(ecb, heads[i].name)) {
            BOOL sent = heads[i].request == BY_3 ? send_head_3(ecb, heads[i].status, heads[i].headers)
                                                 : send_by_1016(ecb, heads[i].status, heads[i].headers, 0, TRUE);
            write_text(ecb, sent ? (heads[i].body != NULL ? heads[i].body : "body") : "refused");
            return HSE_STATUS_SUCCESS;
        }
    }

    if (variant_is(ecb, "lengths-count-the-nul")) {
        send_by_1016(ecb, "200 OK", headers, 1, TRUE);
    } else if (variant_is(ecb, "lengths-too-large")) {
        send_by_1016(ecb, "200 OK", headers, 1000, TRUE);
    } else if (variant_is(ecb, "lengths-zero")) {
        HSE_SEND_HEADER_EX_INFO info = { "200 OK", headers, 0, 0, TRUE };
        ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_SEND_RESPONSE_HEADER_EX, &info, NULL, NULL);
    } else if (variant_is(ecb, "lengths-cut")) {
        /* Of the text after the lengths nothing may be read. */
        HSE_SEND_HEADER_EX_INFO info = { "200 OK, but no further", "X-Test: 1\r\n\r\nX-Beyond: 1\r\n", 6, 13, TRUE };
        ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_SEND_RESPONSE_HEADER_EX, &info, NULL, NULL);
    } else if (variant_is(ecb, "not-kept")) {
        send_by_1016(ecb, "200 OK", headers, 0, FALSE);
    } else if (variant_is(ecb, "two-heads")) {
        BOOL second;
        DWORD error;
        send_by_1016(ecb, "200 OK", headers, 0, TRUE);
        second = send_by_1016(ecb, "404 Not Found", "X-Second: 1\r\n\r\n", 0, TRUE);
        error = second ? 0 : GetLastError();
        write_format(ecb, "second=%d error=%u", second != 0, (unsigned)error);
        return HSE_STATUS_SUCCESS;
    } else {
        send_head(ecb, "400 Bad Request", "\r\n");
        write_text(ecb, "no such head\n");
        return HSE_STATUS_SUCCESS;
    }

    write_text(ecb, "body");
    return HSE_STATUS_SUCCESS;
}
