/* Half an extension: GetExtensionVersion is missing. */
#include "httpext.h"

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    (void)ecb;
    return HSE_STATUS_SUCCESS;
}
