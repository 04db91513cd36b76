/*
 * A wildcard extension as pywin32's redirector and several vendors' modules are: answers /own itself and passes every other request on with
 * EXEC_UNICODE_URL, returns PENDING and ends the session in the callback. The query word "no-flag" leaves IGNORE_CURRENT_INTERCEPTOR out.
 */
#include "testing.h"

TESTING_VERSION("wildcard-pass: passes requests on")

static void WINAPI passed(EXTENSION_CONTROL_BLOCK *ecb, PVOID context, DWORD count, DWORD error)
{
    (void)context;
    (void)count;

    /* As pywin32 does: the callback is taken back right before the end. */
    ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_IO_COMPLETION, NULL, NULL, NULL);
    done(ecb, error == 0 ? HSE_STATUS_SUCCESS : HSE_STATUS_ERROR);
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    HSE_EXEC_UNICODE_URL_INFO info;
    if (strcmp(ecb->lpszPathInfo, "/own") == 0) {
        send_text_head(ecb);
        write_text(ecb, "answered by the wildcard\n");
        return HSE_STATUS_SUCCESS;
    }

    memset(&info, 0, sizeof info);
    info.dwExecUrlFlags = variant_is(ecb, "no-flag") ? 0 : HSE_EXEC_URL_IGNORE_CURRENT_INTERCEPTOR;
    ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_IO_COMPLETION, (LPVOID)passed, NULL, NULL);
    return ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_EXEC_UNICODE_URL, &info, NULL, NULL) ? HSE_STATUS_PENDING : HSE_STATUS_ERROR;
}
