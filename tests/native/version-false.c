/* Refuses to start: GetExtensionVersion returns FALSE. */
#include "testing.h"

BOOL WINAPI GetExtensionVersion(HSE_VERSION_INFO *version)
{
    version->dwExtensionVersion = HSE_VERSION;
    return FALSE;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    send_text_head(ecb);
    write_text(ecb, "must never be reached\n");
    return HSE_STATUS_SUCCESS;
}
