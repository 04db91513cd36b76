/* An extension that writes down, in the file EVENTS, which of its entry points ran and when it left memory. */
#include <stdio.h>
#include "httpext.h"

#ifdef _WIN32
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
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

EXPORT BOOL WINAPI GetExtensionVersion(HSE_VERSION_INFO *version)
{
    note('V');
    version->dwExtensionVersion = MAKELONG(5, 3);
    snprintf(version->lpszExtensionDesc, sizeof version->lpszExtensionDesc, "A \x1b[31m test \xc3\xa9xtension\r\n");
    return -1; /* as Delphi and Free Pascal do */
}

EXPORT DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    (void)ecb;
    note('H');
    return HSE_STATUS_SUCCESS;
}

EXPORT BOOL WINAPI TerminateExtension(DWORD flags)
{
    note(flags == HSE_TERM_MUST_UNLOAD ? 'T' : '?');
    return TRUE;
}

__attribute__((destructor)) static void leave(void)
{
    note('U');
}
