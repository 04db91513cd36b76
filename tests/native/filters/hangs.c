/*
 * Never comes back from what the environment variable HANGS_IN names: a notification (hexadecimal), or "terminate" for TerminateFilter.
 * Writes into the file ISAPI_TEST_LOG that it hangs, and that it was ended.
 */
#include "filter_testing.h"

FILTER_VERSION("hangs", SF_NOTIFY_PREPROC_HEADERS | SF_NOTIFY_SEND_RESPONSE | SF_NOTIFY_SEND_RAW_DATA | SF_NOTIFY_READ_RAW_DATA
    | SF_NOTIFY_END_OF_REQUEST | SF_NOTIFY_LOG | SF_NOTIFY_END_OF_NET_SESSION)

static const char *where(void)
{
    const char *name = getenv("HANGS_IN");
    return name != NULL ? name : "";
}

static void log_line(const char *text)
{
    FILE *file = fopen(getenv("ISAPI_TEST_LOG"), "a");
    fprintf(file, "%s\n", text);
    fclose(file);
}

static void hang(void)
{
    log_line("hangs");
    for (;;) {
        Sleep(60000);
    }
}

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    (void)pfc;
    (void)data;
    if (strtoul(where(), NULL, 16) == notification) {
        hang();
    }

    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}

BOOL WINAPI TerminateFilter(DWORD flags)
{
    log_line(flags == HSE_TERM_MUST_UNLOAD ? "terminated" : "terminated otherwise");
    if (strcmp(where(), "terminate") == 0) {
        hang();
    }

    return TRUE;
}
