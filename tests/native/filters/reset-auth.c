/* Gives every request other credentials in AUTH_COMPLETE and asks for another AUTHENTICATION with them, again and again. */
#include "filter_testing.h"

FILTER_VERSION("reset-auth", SF_NOTIFY_PREPROC_HEADERS | SF_NOTIFY_AUTHENTICATION | SF_NOTIFY_AUTH_COMPLETE)

struct seen {
    unsigned authentications, completes;
    char users[128];
};

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    struct seen *seen = pfc->pFilterContext;
    if (notification == SF_NOTIFY_PREPROC_HEADERS) {
        pfc->pFilterContext = memset(pfc->AllocMem(pfc, sizeof *seen, 0), 0, sizeof *seen);
    } else if (notification == SF_NOTIFY_AUTHENTICATION) {
        HTTP_FILTER_AUTHENT *login = data;
        seen->authentications++;
        snprintf(seen->users + strlen(seen->users), 32, "[%.20s]", login->pszUser);
        return login->pszUser[0] != '\0' ? SF_STATUS_REQ_HANDLED_NOTIFICATION : SF_STATUS_REQ_NEXT_NOTIFICATION;
    } else {
        HTTP_FILTER_AUTH_COMPLETE_INFO *complete = data;
        char counts[160];
        seen->completes++;
        snprintf(counts, sizeof counts, "%u %u %s", seen->authentications, seen->completes, seen->users);
        complete->SetHeader(pfc, (LPSTR) "X-Auth:", counts);

        /* reset:x */
        complete->SetHeader(pfc, (LPSTR) "Authorization:", (LPSTR) "Basic cmVzZXQ6eA==");
        complete->fResetAuth = TRUE;
    }

    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
