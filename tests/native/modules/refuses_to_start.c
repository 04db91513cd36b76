/* GetExtensionVersion returns FALSE with last error 1008. */
#include "httpext.h"

BOOL WINAPI GetExtensionVersion(HSE_VERSION_INFO *version)
{
    (void)version;
    SetLastError(1008);
    return FALSE;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    (void)ecb;
    return HSE_STATUS_ERROR;
}
