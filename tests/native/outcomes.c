/* What HttpExtensionProc returns, after nothing, a head or a body; the query string names the case. */
#include "testing.h"

TESTING_VERSION("outcomes: return values")

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    if (variant_is(ecb, "nothing")) {
        return HSE_STATUS_SUCCESS;
    }

    if (variant_is(ecb, "nothing-with-status")) {
        ecb->dwHttpStatusCode = 404;
        return HSE_STATUS_SUCCESS;
    }

    if (variant_is(ecb, "error")) {
        return HSE_STATUS_ERROR;
    }

    if (variant_is(ecb, "unknown")) {
        return 77;
    }

    if (variant_is(ecb, "empty-write")) {
        /* An empty body, as WebBroker writes it: NULL, 0 bytes, flags 0. */
        DWORD none = 0;
        send_text_head(ecb);
        return ecb->WriteClient(ecb->ConnID, NULL, &none, 0) ? HSE_STATUS_SUCCESS : HSE_STATUS_ERROR;
    }

    if (variant_is(ecb, "error-after-page")) {
        /* A connector does this: its status was ERROR all along, but its error page is complete. */
        send_head(ecb, "502 Bad Gateway", "Content-Type: text/plain\r\nContent-Length: 5\r\n\r\n");
        write_text(ecb, "sorry");
        return HSE_STATUS_ERROR;
    }

    if (variant_is(ecb, "error-after-promise")) {
        send_head(ecb, "200 OK", "Content-Type: text/plain\r\nContent-Length: 5\r\n\r\n");
        return HSE_STATUS_ERROR;
    }

    if (variant_is(ecb, "status-differs")) {
        /* For the log only, once a head was sent. */
        ecb->dwHttpStatusCode = 500;
    }

    send_text_head(ecb);
    if (variant_is(ecb, "error-after-head")) {
        return HSE_STATUS_ERROR;
    }

    write_text(ecb, "body");
    if (variant_is(ecb, "zero")) {
        return 0;
    }

    if (variant_is(ecb, "keep-conn")) {
        return HSE_STATUS_SUCCESS_AND_KEEP_CONN;
    }

    return variant_is(ecb, "error-after-body") ? HSE_STATUS_ERROR : HSE_STATUS_SUCCESS;
}
