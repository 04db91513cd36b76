/*
 * Lets in only who stands in a file of lines "user:password", named by the environment variable LOGIN_FILE (logins.txt in the current
 * folder by default). Everybody else gets a 401 that asks for a login.
 *
 * Passwords in clear text are for a sample only.
 */
#include <httpfilt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

BOOL WINAPI GetFilterVersion(HTTP_FILTER_VERSION *version)
{
    version->dwFilterVersion = HTTP_FILTER_REVISION;
    lstrcpynA(version->lpszFilterDesc, "Sample: Basic login against a file", SF_MAX_FILTER_DESC_LEN);
    version->dwFlags = SF_NOTIFY_AUTHENTICATION | SF_NOTIFY_ORDER_HIGH;
    return TRUE;
}

static BOOL may_enter(const char *user, const char *password)
{
    const char *name = getenv("LOGIN_FILE");
    FILE *file = fopen(name != NULL ? name : "logins.txt", "r");
    char line[SF_MAX_USERNAME + SF_MAX_PASSWORD + 2], wanted[sizeof line];
    BOOL found = FALSE;
    if (file == NULL) {
        return FALSE;
    }

    snprintf(wanted, sizeof wanted, "%s:%s", user, password);
    while (!found && fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\r\n")] = '\0';
        found = strcmp(line, wanted) == 0;
    }

    fclose(file);
    return found;
}

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    HTTP_FILTER_AUTHENT *login = data;
    (void)notification;

    /* HANDLED: the login is decided, and the user is the one whose name stands in the buffer. */
    if (login->pszUser[0] != '\0' && may_enter(login->pszUser, login->pszPassword)) {
        return SF_STATUS_REQ_HANDLED_NOTIFICATION;
    }

    pfc->ServerSupportFunction(pfc, SF_REQ_ADD_HEADERS_ON_DENIAL, (PVOID) "WWW-Authenticate: Basic realm=\"sample\"\r\n", 0, 0);
    SetLastError(ERROR_ACCESS_DENIED);
    return SF_STATUS_REQ_ERROR;
}
