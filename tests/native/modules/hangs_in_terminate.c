/* TerminateExtension never returns. */
#include <unistd.h>
#include "httpext.h"

BOOL WINAPI GetExtensionVersion(HSE_VERSION_INFO *version)
{
    (void)version;
    return TRUE;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    (void)ecb;
    return HSE_STATUS_SUCCESS;
}

BOOL WINAPI TerminateExtension(DWORD flags)
{
    (void)flags;
    for (;;) {
        sleep(1000);
    }
}
