/* GetFilterVersion says no. */
#include "filter_testing.h"

BOOL WINAPI GetFilterVersion(HTTP_FILTER_VERSION *version)
{
    (void)version;
    SetLastError(ERROR_FILE_NOT_FOUND);
    return FALSE;
}

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    (void)pfc;
    (void)notification;
    (void)data;
    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
