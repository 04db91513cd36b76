/* Has a thread of its own that works for as long as the process lives. TerminateExtension does not end it. */
#include "testing.h"

static volatile LONG turns;

static DWORD WINAPI work(LPVOID parameter)
{
    (void)parameter;
    for (;;) {
        InterlockedIncrement(&turns);
        Sleep(1);
    }

    return 0;
}

BOOL WINAPI GetExtensionVersion(HSE_VERSION_INFO *version)
{
    HANDLE thread = CreateThread(NULL, 0, work, NULL, 0, NULL);
    if (thread != NULL) {
        CloseHandle(thread);
    }

    version->dwExtensionVersion = HSE_VERSION;
    lstrcpynA(version->lpszExtensionDesc, "own-thread: a thread that never ends", HSE_MAX_EXT_DLL_NAME_LEN);
    return thread != NULL;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    send_text_head(ecb);
    write_text(ecb, turns > 0 ? "works\n" : "rests\n");
    return HSE_STATUS_SUCCESS;
}
