/* Nothing but what an extension must export, an empty description and version 0. */
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
