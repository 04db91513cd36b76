/*
 * Waits for ever in the code that runs when a process ends: a destructor on Linux, DllMain on Windows, where Delphi's finalization waits for
 * its threads. Only with the environment variable HANGS_AT_EXIT; its value "terminate" makes TerminateExtension hang as well.
 */
#include "testing.h"

static void hang(void)
{
    for (;;) {
        Sleep(60000);
    }
}

static const char *wanted(void)
{
    const char *value = getenv("HANGS_AT_EXIT");
    return value != NULL ? value : "";
}

static void at_exit(void)
{
    if (*wanted() != '\0') {
        hang();
    }
}

#ifdef _WIN32
BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, LPVOID reserved)
{
    (void)instance, (void)reserved;
    if (reason == DLL_PROCESS_DETACH) {
        at_exit();
    }

    return TRUE;
}
#else
__attribute__((destructor)) static void destroy(void)
{
    at_exit();
}
#endif

TESTING_VERSION("hangs-at-exit: does not let the process end")

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    send_text_head(ecb);
    write_text(ecb, "hello\n");
    return HSE_STATUS_SUCCESS;
}

BOOL WINAPI TerminateExtension(DWORD flags)
{
    (void)flags;
    if (strcmp(wanted(), "terminate") == 0) {
        hang();
    }

    return TRUE;
}
