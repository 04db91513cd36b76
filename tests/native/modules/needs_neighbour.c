/* An extension whose version is what its neighbour answers. */
#include "httpext.h"

int neighbour_answer(void);

BOOL WINAPI GetExtensionVersion(HSE_VERSION_INFO *version)
{
    version->dwExtensionVersion = (DWORD)neighbour_answer();
    return TRUE;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    (void)ecb;
    return HSE_STATUS_SUCCESS;
}
