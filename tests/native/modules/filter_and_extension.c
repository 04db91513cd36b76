/* A filter that writes down, in the file EVENTS, which of its entry points ran. With -DFLAGS its dwFlags, with -DDOUBLE an extension too. */
#include <windows.h>
#include <stdio.h>
#include "httpfilt.h"
#include "httpext.h"

#ifndef FLAGS
#define FLAGS 0
#endif

static void note(char event)
{
#ifdef EVENTS
    FILE *file = fopen(EVENTS, "a");
    if (file != NULL) {
        fputc(event, file);
        fclose(file);
    }
#else
    (void)event;
#endif
}

BOOL WINAPI GetFilterVersion(HTTP_FILTER_VERSION *version)
{
    note(version->dwServerFilterVersion == HTTP_FILTER_REVISION ? 'F' : '?');
    version->dwFilterVersion = MAKELONG(2, 1);
    lstrcpynA(version->lpszFilterDesc, "A test filter", SF_MAX_FILTER_DESC_LEN);
    version->dwFlags = FLAGS;
    return -1;
}

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *context, DWORD notification, void *data)
{
    (void)context;
    (void)notification;
    (void)data;
    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}

BOOL WINAPI TerminateFilter(DWORD flags)
{
    (void)flags;
    note('f');
    return TRUE;
}

#ifdef DOUBLE
BOOL WINAPI GetExtensionVersion(HSE_VERSION_INFO *version)
{
    note('E');
    version->dwExtensionVersion = HSE_VERSION;
    return TRUE;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    (void)ecb;
    return HSE_STATUS_SUCCESS;
}
#endif

__attribute__((destructor)) static void leave(void)
{
    note('U');
}
