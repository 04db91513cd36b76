/* Requests about the worker process: "?ask" those that only tell, "?unhealthy" reports it to be unhealthy. */
#include "testing.h"

TESTING_VERSION("process: IS_IN_PROCESS, REPORT_UNHEALTHY, caches and wishes")

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    PFN_HSE_CACHE_INVALIDATION_CALLBACK invalidate = NULL;
    WCHAR url[2] = {'/', 0};
    DWORD flag = 77;
    BOOL taken;

    send_text_head(ecb);
    if (variant_is(ecb, "unhealthy")) {
        taken = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_REPORT_UNHEALTHY, (LPVOID) "out of everything", NULL, NULL);
        write_format(ecb, "result=%d\n", taken != 0);
        return HSE_STATUS_SUCCESS;
    }

    taken = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_IS_IN_PROCESS, &flag, NULL, NULL);
    write_format(ecb, "in-process result=%d flag=%u\n", taken != 0, (unsigned)flag);
    taken = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_GET_CACHE_INVALIDATION_CALLBACK, &invalidate, NULL, NULL);
    write_format(ecb, "cache result=%d invalidated=%ld\n", taken != 0, invalidate == NULL ? -1L : (long)invalidate(url));
    taken = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_ABORTIVE_CLOSE, NULL, NULL, NULL);
    write_format(ecb, "abortive-close result=%d\n", taken != 0);
    taken = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_REFRESH_ISAPI_ACL, (LPVOID) "ext.dll", NULL, NULL);
    write_format(ecb, "refresh-acl result=%d\n", taken != 0);
    return HSE_STATUS_SUCCESS;
}
