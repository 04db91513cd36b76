/* The token requests, and on Windows what can be done with what they give. */
#include "testing.h"

TESTING_VERSION("tokens: whom the request runs as")

static void show(EXTENSION_CONTROL_BLOCK *ecb, const char *name, BOOL taken, HANDLE token)
{
    DWORD error = taken ? 0 : GetLastError();
    int usable = 0;
#ifdef _WIN32
    if (taken && ImpersonateLoggedOnUser(token)) {
        usable = RevertToSelf() != 0;
    }
#else
    (void)token;
#endif
    write_format(ecb, "%s result=%d error=%u usable=%d\n", name, taken != 0, (unsigned)error, usable);
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    WCHAR url[2] = {'/', 0};
    HANDLE token = NULL;
    BOOL taken;

    send_text_head(ecb);
    taken = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_GET_IMPERSONATION_TOKEN, &token, NULL, NULL);
    show(ecb, "impersonation", taken, token);
#ifdef _WIN32
    /* It is the server's: closing it is a fault, and the next request must get a good one all the same. */
    if (variant_is(ecb, "close") && taken) {
        CloseHandle(token);
        taken = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_GET_IMPERSONATION_TOKEN, &token, NULL, NULL);
        show(ecb, "closed", taken, token);
    }
#endif
    taken = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_GET_ANONYMOUS_TOKEN, (LPVOID) "/", (LPDWORD)&token, NULL);
    show(ecb, "anonymous", taken, token);
#ifdef _WIN32
    if (taken) {
        write_format(ecb, "close result=%d\n", CloseHandle(token) != 0);
    }
#endif
    taken = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_GET_UNICODE_ANONYMOUS_TOKEN, url, (LPDWORD)&token, NULL);
    show(ecb, "wide anonymous", taken, token);
#ifdef _WIN32
    if (taken) {
        CloseHandle(token);
    }
#endif
    return HSE_STATUS_SUCCESS;
}
