/* A login: "user" with "secret" becomes "mapped"; "plain" with "secret" is handled; "bad" is refused; others are only looked at. */
#include "filter_testing.h"

FILTER_VERSION("login", SF_NOTIFY_AUTHENTICATION | SF_NOTIFY_ACCESS_DENIED)

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    if (notification == SF_NOTIFY_ACCESS_DENIED) {
        HTTP_FILTER_ACCESS_DENIED *denied = data;
        if (strcmp(denied->pszURL, "/replaced") == 0) {
            filter_answer(pfc, "302 Found", "log in elsewhere\n");
            return SF_STATUS_REQ_FINISHED_KEEP_CONN;
        }

        return SF_STATUS_REQ_NEXT_NOTIFICATION;
    }

    HTTP_FILTER_AUTHENT *login = data;
    if (login->cbUserBuff < SF_MAX_USERNAME || login->cbPasswordBuff < SF_MAX_PASSWORD) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return SF_STATUS_REQ_ERROR;
    }

    if (strcmp(login->pszUser, "user") == 0 && strcmp(login->pszPassword, "secret") == 0) {
        strcpy(login->pszUser, "mapped");
        strcpy(login->pszPassword, "");
        return SF_STATUS_REQ_NEXT_NOTIFICATION;
    }

    if (strcmp(login->pszUser, "plain") == 0 && strcmp(login->pszPassword, "secret") == 0) {
        return SF_STATUS_REQ_HANDLED_NOTIFICATION;
    }

    if (strcmp(login->pszUser, "bad") == 0) {
        pfc->ServerSupportFunction(pfc, SF_REQ_ADD_HEADERS_ON_DENIAL, (PVOID) "WWW-Authenticate: Basic realm=\"filter\"\r\nX-Denied: 1\r\n", 0, 0);
        SetLastError(ERROR_ACCESS_DENIED);
        return SF_STATUS_REQ_ERROR;
    }

    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
