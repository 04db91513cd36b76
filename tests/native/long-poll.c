/*
 * Requests that wait without a thread: each returns PENDING and is remembered. "?release" answers them all; "?waiting" tells how many wait.
 */
#include "testing.h"

#define MOST 20000

static EXTENSION_CONTROL_BLOCK *waiting[MOST];
static volatile LONG count;
static CRITICAL_SECTION gate;

BOOL WINAPI GetExtensionVersion(HSE_VERSION_INFO *version)
{
    InitializeCriticalSection(&gate);
    version->dwExtensionVersion = HSE_VERSION;
    lstrcpynA(version->lpszExtensionDesc, "long-poll: waits without a thread", HSE_MAX_EXT_DLL_NAME_LEN);
    return TRUE;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    LONG released = 0;
    if (variant_is(ecb, "waiting")) {
        send_text_head(ecb);
        write_format(ecb, "%d", (int)count);
        return HSE_STATUS_SUCCESS;
    }

    if (variant_is(ecb, "release")) {
        EnterCriticalSection(&gate);
        while (count > 0) {
            EXTENSION_CONTROL_BLOCK *other = waiting[--count];
            send_text_head(other);
            write_text(other, "released");
            done(other, HSE_STATUS_SUCCESS);
            released++;
        }

        LeaveCriticalSection(&gate);
        send_text_head(ecb);
        write_format(ecb, "%d", (int)released);
        return HSE_STATUS_SUCCESS;
    }

    EnterCriticalSection(&gate);
    if (count < MOST) {
        waiting[count++] = ecb;
    }

    LeaveCriticalSection(&gate);
    return HSE_STATUS_PENDING;
}
