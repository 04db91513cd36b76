/*
 * Wrong calls from many threads at once: "?stormN" starts threads that call every callback with contexts that are null, foreign or of connections
 * long over, with null and short buffers and with numbers that are no request, while the request goes on and is over. Every notification makes
 * calls of its own that lack something. "?report" at its extension says how many calls were made, and how many of them were taken.
 */
#include "filter_testing.h"

#define THREADS 4
#define CALLS 125
#define STALE 64

TESTING_VERSION("storm")
FILTER_VERSION("storm", SF_NOTIFY_PREPROC_HEADERS | SF_NOTIFY_SEND_RESPONSE | SF_NOTIFY_SEND_RAW_DATA | SF_NOTIFY_END_OF_NET_SESSION)

/* What the contexts of connections that are over held, as a filter might keep it by mistake. */
static HTTP_FILTER_CONTEXT stale[STALE];
static volatile LONG stale_count, made, wrong, running;
static HTTP_FILTER_PREPROC_HEADERS functions;

typedef struct {
    HTTP_FILTER_CONTEXT callbacks, own;
    DWORD seed;
} STORM;

static DWORD next(STORM *storm)
{
    storm->seed = storm->seed * 1664525u + 1013904223u;
    return storm->seed >> 8;
}

/* One call with a context that is none: whatever it asks for, the answer is FALSE and a last error. */
static BOOL call(STORM *storm, HTTP_FILTER_CONTEXT *pfc)
{
    HTTP_FILTER_CONTEXT *with = &storm->callbacks;
    BOOL nulls = next(storm) % 4 == 0;
    char room[64] = "X-Wrong: 1\r\n";
    DWORD size = next(storm) % sizeof room;
    HANDLE token;

    switch (next(storm) % 9) {
    case 0:
        return with->GetServerVariable(pfc, nulls ? NULL : (LPSTR) "SERVER_NAME", nulls ? NULL : room, nulls ? NULL : &size);
    case 1:
        return with->AddResponseHeaders(pfc, nulls ? NULL : room, next(storm));
    case 2:
        return with->WriteClient(pfc, nulls ? NULL : room, nulls ? NULL : &size, next(storm));
    case 3:
        return with->AllocMem(pfc, next(storm), 0) != NULL;
    case 4:
        return functions.GetHeader(pfc, nulls ? NULL : (LPSTR) "url", nulls ? NULL : room, nulls ? NULL : &size);
    case 5:
        return functions.SetHeader(pfc, nulls ? NULL : (LPSTR) "X-Wrong:", nulls ? NULL : (LPSTR) "1");
    case 6:
        return functions.AddHeader(pfc, nulls ? NULL : (LPSTR) "X-Wrong:", nulls ? NULL : (LPSTR) "1");
    case 7:
        return with->ServerSupportFunction(pfc, (enum SF_REQ_TYPE)(next(storm) % 12), nulls ? NULL : room, 0, 0);
    default:
        token = NULL;
        return with->ServerSupportFunction(pfc, (enum SF_REQ_TYPE)next(storm), nulls ? NULL : &token, nulls ? 0 : next(storm) & 1, 0);
    }
}

static DWORD WINAPI rage(LPVOID parameter)
{
    STORM *storm = parameter;
    int i;
    for (i = 0; i < CALLS; i++) {
        HTTP_FILTER_CONTEXT forged = storm->own, *pfc = &forged;
        BOOL taken;
        switch (next(storm) % 5) {
        case 0:
            pfc = NULL;
            break;
        case 1:
            forged.ServerContext = NULL;
            break;
        case 2:
            /* A slot that never was, or another generation. */
            forged.ServerContext = (PVOID)(ULONG_PTR)(0x7000000000000000ull + next(storm));
            break;
        case 3:
            forged.ServerContext = storm;
            break;
        default:
            forged = stale[next(storm) % STALE];
            break;
        }

        SetLastError(0);
        taken = call(storm, pfc);
        if (taken || GetLastError() == 0) {
            InterlockedIncrement(&wrong);
        }

        InterlockedIncrement(&made);
    }

    free(storm);
    InterlockedDecrement(&running);
    return 0;
}

/* Calls of the filter itself, inside its notification, that lack something. */
static void expect_false(BOOL taken)
{
    if (taken || GetLastError() == 0) {
        InterlockedIncrement(&wrong);
    }

    InterlockedIncrement(&made);
    SetLastError(0);
}

static void call_badly(HTTP_FILTER_CONTEXT *pfc)
{
    char room[8];
    DWORD none = 0, size = sizeof room, one = 1;
    SetLastError(0);
    expect_false(pfc->GetServerVariable(pfc, (LPSTR) "SERVER_SOFTWARE", room, &none));
    expect_false(pfc->GetServerVariable(pfc, (LPSTR) "SERVER_SOFTWARE", NULL, &size));
    expect_false(pfc->WriteClient(pfc, NULL, &one, 0));
    expect_false(pfc->AllocMem(pfc, 0xFFFFFFFFu, 0) != NULL);
    expect_false(pfc->ServerSupportFunction(pfc, (enum SF_REQ_TYPE)99, room, 1, 1));
    expect_false(pfc->ServerSupportFunction(pfc, SF_REQ_GET_CONNID, NULL, 0, 0));
    expect_false(pfc->ServerSupportFunction(pfc, SF_REQ_GET_PROPERTY, NULL, 1, 0));
    expect_false(pfc->ServerSupportFunction(pfc, SF_REQ_NORMALIZE_URL, NULL, 0, 0));
    expect_false(pfc->ServerSupportFunction(pfc, SF_REQ_ADD_HEADERS_ON_DENIAL, NULL, 0, 0));
}

/* The context of the last connection that ended on this thread. It is valid until that notification has returned, so only the next one gives it out. */
static __thread HTTP_FILTER_CONTEXT ended;

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    if (ended.ServerContext != NULL) {
        stale[(DWORD)InterlockedIncrement(&stale_count) % STALE] = ended;
        ended.ServerContext = NULL;
    }

    call_badly(pfc);
    if (notification == SF_NOTIFY_END_OF_NET_SESSION) {
        ended = *pfc;
    } else if (notification == SF_NOTIFY_PREPROC_HEADERS) {
        char url[64];
        functions = *(HTTP_FILTER_PREPROC_HEADERS *)data;
        if (strstr(get_url(pfc, data, url, sizeof url), "?storm") != NULL) {
            DWORD i;
            for (i = 0; i < THREADS; i++) {
                STORM *storm = calloc(1, sizeof *storm);
                storm->callbacks = storm->own = *pfc;
                storm->seed = (DWORD)atoi(strstr(url, "?storm") + 6) * 7919u + i;
                InterlockedIncrement(&running);
                CloseHandle(CreateThread(NULL, 0, rage, storm, 0, NULL));
            }
        }
    }

    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    send_text_head(ecb);
    if (variant_is(ecb, "report")) {
        write_format(ecb, "running=%d made=%d wrong=%d\n", (int)running, (int)made, (int)wrong);
    } else {
        write_text(ecb, "calm\n");
    }

    return HSE_STATUS_SUCCESS_AND_KEEP_CONN;
}
