/* Redirects with SEND_URL_REDIRECT_RESP or SEND_URL: "?redirect", "?redirect-sized", "?send-url", "?send-local-url". */
#include "testing.h"

TESTING_VERSION("redirect: sends the client elsewhere")

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    char away[] = "http://example.test/there?a=1";
    char local[] = "/";
    DWORD size = sizeof away - 1;
    BOOL taken;

    if (variant_is(ecb, "redirect")) {
        taken = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_SEND_URL_REDIRECT_RESP, away, NULL, NULL);
    } else if (variant_is(ecb, "redirect-sized")) {
        taken = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_SEND_URL_REDIRECT_RESP, away, &size, NULL);
    } else if (variant_is(ecb, "send-url")) {
        taken = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_SEND_URL, away, &size, NULL);
    } else {
        /* To "/PATH_INFO": a page of this server. */
        char *url = ecb->lpszPathInfo[0] == '/' ? ecb->lpszPathInfo : local;
        size = (DWORD)strlen(url);
        taken = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_SEND_URL, url, &size, NULL);
    }

    return taken ? HSE_STATUS_SUCCESS : HSE_STATUS_ERROR;
}
