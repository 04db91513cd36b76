/* Maps /moved to another folder, for the request and for whoever asks later. */
#include "filter_testing.h"

FILTER_VERSION("url-map", SF_NOTIFY_URL_MAP)

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    HTTP_FILTER_URL_MAP_EX *map = data;
    (void)pfc;
    (void)notification;
    if (strstr(map->pszURL, "moved") != NULL && map->cbPathBuff >= 260) {
        strcpy(map->pszPhysicalPath, "/elsewhere/file");
    }

    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
