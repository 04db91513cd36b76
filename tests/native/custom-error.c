/*
 * Asks for an error page: ?status=N&sub=N&async=1, with the reason "Reason of the extension". When there is none it sends its own,
 * "own page, error N". "?twice" has sent output before it asks.
 */
#include "testing.h"

TESTING_VERSION("custom-error: the server's error pages")

static void WINAPI page_sent(EXTENSION_CONTROL_BLOCK *ecb, PVOID context, DWORD count, DWORD error)
{
    (void)context;
    (void)count;
    done(ecb, error == 0 ? HSE_STATUS_SUCCESS : HSE_STATUS_ERROR);
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    HSE_CUSTOM_ERROR_INFO info;
    char status[64];
    BOOL sent;
    DWORD error;

    snprintf(status, sizeof status, "%d Reason of the extension", (int)query_number(ecb, "status", 404));
    memset(&info, 0, sizeof info);
    info.pszStatus = status;
    info.uHttpSubError = (USHORT)query_number(ecb, "sub", 0);
    info.fAsync = query_number(ecb, "async", 0) != 0;
    if (info.fAsync) {
        ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_IO_COMPLETION, (LPVOID)page_sent, NULL, NULL);
    }

    if (variant_is(ecb, "twice")) {
        send_text_head(ecb);
    }

    sent = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_SEND_CUSTOM_ERROR, &info, NULL, NULL);
    error = sent ? 0 : GetLastError();
    if (sent) {
        return info.fAsync ? HSE_STATUS_PENDING : HSE_STATUS_SUCCESS;
    }

    if (!variant_is(ecb, "twice")) {
        send_head(ecb, "404 Not Found", "Content-Type: text/plain\r\n\r\n");
    }

    write_format(ecb, "own page, error %u\n", (unsigned)error);
    return HSE_STATUS_SUCCESS;
}
