/* Calls back with a buffer that is too small, as extensions do, and answers with the last error it then sees. */
#include <windows.h>

#include <httpext.h>

BOOL WINAPI GetExtensionVersion(HSE_VERSION_INFO *pVer)
{
    pVer->dwExtensionVersion = HSE_VERSION;
    return TRUE;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *pECB)
{
    char name[] = "URL", buffer[1];
    DWORD size = sizeof buffer;

    SetLastError(NO_ERROR);
    return pECB->GetServerVariable(pECB->ConnID, name, buffer, &size) ? NO_ERROR : GetLastError();
}
