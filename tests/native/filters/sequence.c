/*
 * Writes down every notification and is its own extension to read them:
 *   ?log         the lines so far: SESSION NAME DETAIL
 *   ?deny        a 401, ?abort no answer and HSE_STATUS_ERROR, ?thread whether PREPROC_HEADERS ran on this thread
 *   otherwise    "hello\n", after reading the body
 * The environment variable SEQUENCE_FLAGS (hexadecimal) replaces the notifications asked for.
 */
#include "filter_testing.h"

#ifdef _WIN32
static CRITICAL_SECTION gate;
#define LOCK() EnterCriticalSection(&gate)
#define UNLOCK() LeaveCriticalSection(&gate)
#define THREAD_LOCAL __thread
#else
#include <pthread.h>
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
#define LOCK() pthread_mutex_lock(&gate)
#define UNLOCK() pthread_mutex_unlock(&gate)
#define THREAD_LOCAL __thread
#endif

static char lines[262144];
static size_t length;
static int sessions;
static THREAD_LOCAL int marked;

TESTING_VERSION("sequence")

BOOL WINAPI GetFilterVersion(HTTP_FILTER_VERSION *version)
{
    const char *flags = getenv("SEQUENCE_FLAGS");
#ifdef _WIN32
    InitializeCriticalSection(&gate);
#endif
    version->dwFilterVersion = HTTP_FILTER_REVISION;
    lstrcpynA(version->lpszFilterDesc, "sequence", SF_MAX_FILTER_DESC_LEN);
    version->dwFlags = flags != NULL ? (DWORD)strtoul(flags, NULL, 16)
        : SF_NOTIFY_PREPROC_HEADERS | SF_NOTIFY_URL_MAP | SF_NOTIFY_AUTHENTICATION | SF_NOTIFY_AUTH_COMPLETE | SF_NOTIFY_ACCESS_DENIED
            | SF_NOTIFY_SEND_RESPONSE | SF_NOTIFY_READ_RAW_DATA | SF_NOTIFY_SEND_RAW_DATA | SF_NOTIFY_END_OF_REQUEST | SF_NOTIFY_LOG
            | SF_NOTIFY_END_OF_NET_SESSION;
    return TRUE;
}

static int session_of(HTTP_FILTER_CONTEXT *pfc)
{
    if (pfc->pFilterContext == NULL) {
        int *number = pfc->AllocMem(pfc, sizeof(int), 0);
        *number = ++sessions;
        pfc->pFilterContext = number;
    }

    return *(int *)pfc->pFilterContext;
}

static void note(HTTP_FILTER_CONTEXT *pfc, const char *name, const char *detail)
{
    LOCK();
    if (length < sizeof lines - 1024) {
        length += (size_t)snprintf(lines + length, sizeof lines - length, "%d %s %s\n", session_of(pfc), name, detail);
    }

    UNLOCK();
}

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    char text[512] = "";
    DWORD size = sizeof text;
    switch (notification) {
    case SF_NOTIFY_READ_RAW_DATA:
        note(pfc, "READ_RAW_DATA", "");
        break;
    case SF_NOTIFY_PREPROC_HEADERS:
        marked = 1;
        note(pfc, "PREPROC_HEADERS", get_url(pfc, data, text, sizeof text));
        break;
    case SF_NOTIFY_URL_MAP:
        note(pfc, "URL_MAP", ((HTTP_FILTER_URL_MAP *)data)->pszURL);
        break;
    case SF_NOTIFY_AUTHENTICATION:
        note(pfc, "AUTHENTICATION", ((HTTP_FILTER_AUTHENT *)data)->pszUser);
        break;
    case SF_NOTIFY_AUTH_COMPLETE:
        note(pfc, "AUTH_COMPLETE", "");
        break;
    case SF_NOTIFY_ACCESS_DENIED:
        snprintf(text, sizeof text, "%x", (unsigned)((HTTP_FILTER_ACCESS_DENIED *)data)->dwReason);
        note(pfc, "ACCESS_DENIED", text);
        break;
    case SF_NOTIFY_SEND_RESPONSE:
        ((HTTP_FILTER_SEND_RESPONSE *)data)->GetHeader(pfc, (LPSTR)"status", text, &size);
        note(pfc, "SEND_RESPONSE", text);
        break;
    case SF_NOTIFY_SEND_RAW_DATA:
        snprintf(text, sizeof text, "%.12s", (char *)((HTTP_FILTER_RAW_DATA *)data)->pvInData);
        note(pfc, "SEND_RAW_DATA", strncmp(text, "HTTP/1.", 7) == 0 ? text : "");
        break;
    case SF_NOTIFY_END_OF_REQUEST:
        note(pfc, "END_OF_REQUEST", "");
        break;
    case SF_NOTIFY_LOG:
        snprintf(text, sizeof text, "%s %u", ((HTTP_FILTER_LOG *)data)->pszTarget, (unsigned)((HTTP_FILTER_LOG *)data)->dwHttpStatus);
        note(pfc, "LOG", text);
        break;
    case SF_NOTIFY_END_OF_NET_SESSION:
        note(pfc, "END_OF_NET_SESSION", "");
        break;
    }

    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    if (variant_is(ecb, "log")) {
        /* A copy: what is sent raises notifications itself, on other threads. */
        char *copy = malloc(sizeof lines);
        size_t count;
        LOCK();
        count = length;
        memcpy(copy, lines, count);
        UNLOCK();
        send_text_head(ecb);
        write_bytes(ecb, copy, (DWORD)count);
        free(copy);
    } else if (variant_is(ecb, "deny")) {
        send_head(ecb, "401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"\r\nContent-Type: text/plain\r\n\r\n");
        write_text(ecb, "denied\n");
    } else if (variant_is(ecb, "abort")) {
        return HSE_STATUS_ERROR;
    } else if (variant_is(ecb, "thread")) {
        send_text_head(ecb);
        write_text(ecb, marked ? "same thread\n" : "another thread\n");
    } else {
        char buffer[4096];
        DWORD left = ecb->cbTotalBytes - ecb->cbAvailable;
        while (left > 0) {
            DWORD count = sizeof buffer;
            if (!ecb->ReadClient(ecb->ConnID, buffer, &count) || count == 0) {
                return HSE_STATUS_ERROR;
            }

            left -= count < left ? count : left;
        }

        send_text_head(ecb);
        write_text(ecb, "hello\n");
    }

    marked = 0;
    return HSE_STATUS_SUCCESS_AND_KEEP_CONN;
}
