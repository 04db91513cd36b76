/* URL_MAP: points pszPhysicalPath at a text of its own instead of overwriting the buffer; at nothing for URLs with "null". */
#include "filter_testing.h"

FILTER_VERSION("replaced-path", SF_NOTIFY_URL_MAP)

static char own[] = "/a/path/of/its/own";

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    HTTP_FILTER_URL_MAP *map = data;
    (void)pfc;
    (void)notification;
    if (strstr(map->pszURL, "own") != NULL) {
        map->pszPhysicalPath = own;
    } else if (strstr(map->pszURL, "null") != NULL) {
        map->pszPhysicalPath = NULL;
    }

    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
