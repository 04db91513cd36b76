/*
 * Starts a child request and tells how it ended. The variant is the first word of the query string; what the child is comes behind it:
 *
 *   ?run&flags=N&url=URL     the child URL as it is, to the end of the query ("-" is the URL of this request, "0" a null pointer)
 *   ?wide&url=URL            by EXEC_UNICODE_URL
 *   ?headers&url=URL         with headers of its own
 *   ?method=M&url=URL        with a method of its own
 *   ?entity&url=URL          with "entity of the child" as its body, by POST; ?no-entity with an empty one
 *   ?user&url=URL            as user "somebody" of type "Told"
 *   ?around&url=URL          a head and a line before, a line behind, the child's head dropped (NO_HEADERS)
 *   ?behind&url=URL          a line behind, in the answer that the child has begun
 *   ?deep                    this module again, until it is refused
 *   ?refusals                one call after another that must be refused
 *   ?early                   GET_EXEC_URL_STATUS before any child
 *   ?cancel&url=URL          takes the child back at once by CANCEL_IO
 *   ?ended                   how many children have ended, and the error of the last one's completion
 *   ?report                  status, sub-status, error, bytes and error of the completion of the last "run" that ended
 */
#include "testing.h"

static volatile LONG status, substatus, win32, bytes, completion_error, ended_count, cancelled;

TESTING_VERSION("exec-url: child requests")

static BOOL wants(EXTENSION_CONTROL_BLOCK *ecb, const char *word)
{
    return variant_is(ecb, word);
}

static void WINAPI child_ended(EXTENSION_CONTROL_BLOCK *ecb, PVOID context, DWORD count, DWORD error)
{
    HSE_EXEC_URL_STATUS ended;
    BOOL told = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_GET_EXEC_URL_STATUS, &ended, NULL, NULL);
    InterlockedExchange(&status, told ? ended.uHttpStatusCode : -1);
    InterlockedExchange(&substatus, told ? ended.uHttpSubStatus : -1);
    InterlockedExchange(&win32, told ? (LONG)ended.dwWin32Error : -1);
    InterlockedExchange(&bytes, (LONG)count);
    InterlockedExchange(&completion_error, (LONG)error);
    InterlockedIncrement(&ended_count);
    if (context != NULL) {
        write_text(ecb, context);
    }

    done(ecb, HSE_STATUS_SUCCESS);
}

static void listen_with(EXTENSION_CONTROL_BLOCK *ecb, const char *line)
{
    ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_IO_COMPLETION, (LPVOID)child_ended, NULL, (LPDWORD)line);
}

/* PENDING while a child runs; else the refusal is the answer. */
static DWORD outcome(EXTENSION_CONTROL_BLOCK *ecb, BOOL taken)
{
    DWORD error = taken ? 0 : GetLastError();
    if (taken) {
        return HSE_STATUS_PENDING;
    }

    send_text_head(ecb);
    write_format(ecb, "refused with %u\n", (unsigned)error);
    return HSE_STATUS_SUCCESS;
}

static BOOL run(EXTENSION_CONTROL_BLOCK *ecb, HSE_EXEC_URL_INFO *info)
{
    return ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_EXEC_URL, info, NULL, NULL);
}

static BOOL run_wide(EXTENSION_CONTROL_BLOCK *ecb, const char *url)
{
    HSE_EXEC_UNICODE_URL_INFO info;
    WCHAR wide[1024];
    size_t i = 0;
    BOOL taken;

    do {
        wide[i] = (WCHAR)(unsigned char)url[i];
    } while (url[i] != '\0' && ++i < 1023);
    wide[i] = 0;

    memset(&info, 0, sizeof info);
    info.pszUrl = wide;
    taken = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_EXEC_UNICODE_URL, &info, NULL, NULL);
    memset(wide, 'x', sizeof wide); /* what was given is the extension's again */
    return taken;
}

static void note_refusal(EXTENSION_CONTROL_BLOCK *ecb, const char *name, HSE_EXEC_URL_INFO *info)
{
    BOOL taken = run(ecb, info);
    DWORD error = taken ? 0 : GetLastError();
    write_format(ecb, "%s=%d/%u\n", name, taken != 0, (unsigned)error);
}

static DWORD refusals(EXTENSION_CONTROL_BLOCK *ecb)
{
    static char endless[70000];
    HSE_EXEC_URL_INFO info;
    HSE_EXEC_URL_ENTITY_INFO entity = {5, NULL};

    send_text_head(ecb);
    memset(&info, 0, sizeof info);
    info.pszUrl = "/";
    note_refusal(ecb, "no-completion", &info);
    listen_with(ecb, NULL);
    note_refusal(ecb, "null", NULL);
    info.pszUrl = "relative";
    note_refusal(ecb, "relative", &info);
    info.pszUrl = "http://example.test/";
    note_refusal(ecb, "foreign", &info);
    info.pszUrl = "/a\r\nb";
    note_refusal(ecb, "control", &info);
    info.pszUrl = "";
    note_refusal(ecb, "empty", &info);
    memset(endless, 'a', sizeof endless);
    endless[0] = '/';
    info.pszUrl = endless;
    note_refusal(ecb, "endless", &info);
    info.pszUrl = "/";
    info.pszMethod = "GE T";
    note_refusal(ecb, "method", &info);
    info.pszMethod = NULL;
    info.pEntity = &entity;
    note_refusal(ecb, "entity", &info);
    return HSE_STATUS_SUCCESS;
}

static DWORD early(EXTENSION_CONTROL_BLOCK *ecb)
{
    HSE_EXEC_URL_STATUS ended;
    BOOL told = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_GET_EXEC_URL_STATUS, &ended, NULL, NULL);
    DWORD error = told ? 0 : GetLastError();
    send_text_head(ecb);
    write_format(ecb, "early=%d/%u\n", told != 0, (unsigned)error);
    return HSE_STATUS_SUCCESS;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    char method[32] = "", user_name[] = "somebody", type[] = "Told", body[] = "entity of the child";
    char headers[] = "X-Child: first\r\nX-Child: second\r\nno header\r\nAccept : text/x-child\r\n\r\n";
    HSE_EXEC_URL_INFO info;
    HSE_EXEC_URL_USER_INFO user;
    HSE_EXEC_URL_ENTITY_INFO entity;
    const char *at = strstr(ecb->lpszQueryString, "url=");
    char url[1024] = "/";
    BOOL taken;

    if (wants(ecb, "report")) {
        send_text_head(ecb);
        write_format(ecb, "status=%d.%d win32=%d bytes=%d error=%d\n", (int)status, (int)substatus, (int)win32, (int)bytes, (int)completion_error);
        return HSE_STATUS_SUCCESS;
    }

    if (wants(ecb, "ended")) {
        send_text_head(ecb);
        write_format(ecb, "ended=%d error=%d cancelled=%d\n", (int)ended_count, (int)completion_error, (int)cancelled);
        return HSE_STATUS_SUCCESS;
    }

    if (wants(ecb, "refusals")) {
        return refusals(ecb);
    }

    if (wants(ecb, "early")) {
        return early(ecb);
    }

    memset(&info, 0, sizeof info);
    if (at != NULL) {
        lstrcpynA(url, at + 4, sizeof url);
    }

    info.pszUrl = url;
    info.dwExecUrlFlags = (DWORD)query_number(ecb, "flags", 0);
    if (strcmp(url, "0") == 0 || wants(ecb, "deep")) {
        info.pszUrl = NULL;
    }

    listen_with(ecb, NULL);
    if (wants(ecb, "wide")) {
        return outcome(ecb, run_wide(ecb, url));
    }

    if (wants(ecb, "headers")) {
        info.pszChildHeaders = headers;
    } else if (strncmp(ecb->lpszQueryString, "method=", 7) == 0) {
        size_t length = strcspn(ecb->lpszQueryString + 7, "&");
        lstrcpynA(method, ecb->lpszQueryString + 7, (int)(length < 31 ? length + 1 : 31));
        info.pszMethod = method;
    } else if (wants(ecb, "entity") || wants(ecb, "no-entity")) {
        entity.cbAvailable = wants(ecb, "entity") ? (DWORD)strlen(body) : 0;
        entity.lpbData = wants(ecb, "entity") ? body : NULL;
        info.pEntity = &entity;
        info.pszMethod = "POST";
    } else if (wants(ecb, "user")) {
        memset(&user, 0, sizeof user);
        user.pszCustomUserName = user_name;
        user.pszCustomAuthType = type;
        info.pUserInfo = &user;
    } else if (wants(ecb, "around")) {
        send_text_head(ecb);
        write_text(ecb, "before\n");
        info.dwExecUrlFlags |= HSE_EXEC_URL_NO_HEADERS;
        listen_with(ecb, "behind\n");
    } else if (wants(ecb, "behind")) {
        listen_with(ecb, "behind\n");
    }

    taken = run(ecb, &info);
    if (wants(ecb, "cancel") && ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_CANCEL_IO, NULL, NULL, NULL)) {
        InterlockedIncrement(&cancelled);
    }

    /* The strings and structures are the extension's again. */
    memset(url, 'x', sizeof url);
    memset(headers, 'x', sizeof headers);
    memset(body, 'x', sizeof body);
    memset(&info, 0xFF, sizeof info);
    return outcome(ecb, taken);
}
