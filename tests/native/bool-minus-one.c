/* As other compilers build it: TRUE is -1, the version is 0, there is no description and no TerminateExtension. */
#include "testing.h"

BOOL WINAPI GetExtensionVersion(HSE_VERSION_INFO *version)
{
    version->dwExtensionVersion = 0;
    version->lpszExtensionDesc[0] = '\0';
    return -1;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    send_text_head(ecb);
    write_text(ecb, "served\n");
    return HSE_STATUS_SUCCESS;
}
