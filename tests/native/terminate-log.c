/* Appends a line to the file that the environment variable ISAPI_TEST_LOG names: when it is loaded, and when TerminateExtension is called. */
#include "testing.h"

static void log_line(const char *text, unsigned number)
{
    const char *path = getenv("ISAPI_TEST_LOG");
    FILE *file = path != NULL ? fopen(path, "a") : NULL;
    if (file != NULL) {
        fprintf(file, "%s %u\n", text, number);
        fclose(file);
    }
}

BOOL WINAPI GetExtensionVersion(HSE_VERSION_INFO *version)
{
    version->dwExtensionVersion = HSE_VERSION;
    lstrcpynA(version->lpszExtensionDesc, "terminate-log: tells when it is unloaded", HSE_MAX_EXT_DLL_NAME_LEN);
    log_line("loaded", 0);
    return TRUE;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    /* ?ms=N: so that a test can stop the host while a request is running. */
    long ms = query_number(ecb, "ms", 0);
    if (ms > 0) {
        log_line("started", (unsigned)ms);
        Sleep((DWORD)ms);
    }

    send_text_head(ecb);
    write_text(ecb, "finished\n");
    log_line("finished", (unsigned)ms);
    return HSE_STATUS_SUCCESS;
}

BOOL WINAPI TerminateExtension(DWORD flags)
{
    log_line("terminated", (unsigned)flags);
    return TRUE;
}
