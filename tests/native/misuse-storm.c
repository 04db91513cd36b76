/*
 * Several threads at once call every callback with ids that are null, foreign, stale (of requests long finished) and their own, with null and
 * short buffers and with numbers that are no request, and finish twice. ?calls=N calls in all, ?threads=N threads, ?seed=N another sequence.
 * The answer says how many calls were made, whether some were taken, and how often a wrong one was. What goes wrong after the answer is
 * counted: "?report" tells that, and how many requests have come to their end.
 */
#include "testing.h"

#define MAX_THREADS 16
#define STALE 64
#define ROOM 600

TESTING_VERSION("misuse-storm: every wrong call, from many threads at once")

/* The ids of requests that have finished, as an extension might keep them by mistake. */
static HCONN volatile stale[STALE];
static volatile LONG stale_count, finished, faults;

typedef struct {
    EXTENSION_CONTROL_BLOCK *ecb;
    volatile LONG *live;      /* 0 once the request has been finished: its own id counts as stale from then on */
    DWORD seed, calls;
    DWORD made, taken, wrong; /* wrong: TRUE where only FALSE can be right, or FALSE without a last error */
    HANDLE thread;
} STORM;

static DWORD next(STORM *storm)
{
    storm->seed = storm->seed * 1664525u + 1013904223u;
    return storm->seed >> 8;
}

/* Requests that answer or end the request even without arguments: the storm leaves that to the way it finishes. */
static BOOL answers_or_ends(DWORD request)
{
    return request == HSE_REQ_SEND_RESPONSE_HEADER || request == HSE_REQ_DONE_WITH_SESSION || request == HSE_REQ_CLOSE_CONNECTION;
}

/* Requests that would take the bytes of a cleared buffer for something to be done, or fill what is larger than it says. */
static BOOL needs_more_than_a_buffer(DWORD request)
{
    switch (request) {
    case HSE_REQ_SEND_RESPONSE_HEADER_EX:
    case HSE_REQ_SEND_CUSTOM_ERROR:
    case HSE_REQ_EXEC_URL:
    case HSE_REQ_EXEC_UNICODE_URL:
    case HSE_REQ_TRANSMIT_FILE:
    case HSE_REQ_VECTOR_SEND:
    case HSE_REQ_ASYNC_READ_CLIENT:
    case HSE_REQ_IO_COMPLETION:
    case HSE_REQ_GET_ANONYMOUS_TOKEN:
    case HSE_REQ_GET_UNICODE_ANONYMOUS_TOKEN:
        return TRUE;
    default:
        return answers_or_ends(request);
    }
}

/* One call with an id that names no live request: whatever it asks for, the answer is FALSE. Every pointer is good, or NULL. */
static BOOL call_with_bad_id(STORM *storm, HCONN id)
{
    BYTE room[ROOM];
    DWORD size = sizeof room, type = HSE_IO_ASYNC, status = HSE_STATUS_SUCCESS;
    BOOL nulls = next(storm) % 4 == 0;

    memset(room, 0, sizeof room);
    switch (next(storm) % 5) {
    case 0:
        return storm->ecb->GetServerVariable(id, nulls ? NULL : (LPSTR) "ALL_RAW", nulls ? NULL : room, nulls ? NULL : &size);
    case 1:
        return storm->ecb->WriteClient(id, nulls ? NULL : room, nulls ? NULL : &size, next(storm) % 4);
    case 2:
        return storm->ecb->ReadClient(id, nulls ? NULL : room, nulls ? NULL : &size);
    case 3:
        return storm->ecb->ServerSupportFunction(id, HSE_REQ_DONE_WITH_SESSION, nulls ? NULL : &status, NULL, NULL);
    default:
        return storm->ecb->ServerSupportFunction(id, 1000 + next(storm) % 60, nulls ? NULL : room, nulls ? NULL : &size, nulls ? NULL : &type);
    }
}

/* One call for the live request, with too little room or none. */
static BOOL call_with_own_id(STORM *storm)
{
    static const char *const names[] = {"URL", "ALL_HTTP", "HTTP_HOST", "NO_SUCH", "UNICODE_URL", "HTTP_", "", "CERT_COOKIE"};
    EXTENSION_CONTROL_BLOCK *ecb = storm->ecb;
    BYTE room[ROOM];
    DWORD size = next(storm) % 8, type[ROOM / 4], request, zero = 0;

    memset(room, 0, sizeof room);
    memset(type, 0, sizeof type);
    switch (next(storm) % 6) {
    case 0:
        return ecb->GetServerVariable(ecb->ConnID, (LPSTR)names[next(storm) % 8], next(storm) % 3 == 0 ? NULL : room, &size);
    case 1:
        return ecb->GetServerVariable(ecb->ConnID, NULL, room, NULL);
    case 2:
        return ecb->WriteClient(ecb->ConnID, NULL, next(storm) % 2 == 0 ? NULL : &zero, HSE_IO_SYNC);
    case 3:
        return ecb->ReadClient(ecb->ConnID, next(storm) % 2 == 0 ? NULL : room, next(storm) % 2 == 0 ? NULL : &zero);
    case 4:
        request = next(storm) % 3 == 0 ? next(storm) : 1000 + next(storm) % 60;
        return !answers_or_ends(request) && ecb->ServerSupportFunction(ecb->ConnID, request, NULL, NULL, NULL);
    default:
        size = sizeof room;
        request = 1000 + next(storm) % 60;
        return !needs_more_than_a_buffer(request) && ecb->ServerSupportFunction(ecb->ConnID, request, room, &size, type);
    }
}

static DWORD WINAPI rage(LPVOID parameter)
{
    STORM *storm = parameter;
    while (storm->made < storm->calls) {
        HCONN id = NULL;
        BOOL taken;

        storm->made++;
        switch (next(storm) % 5) {
        case 0:
            break;
        case 1:
            id = (HCONN)(ULONG_PTR)(0x7000000000000000ull + next(storm)); /* a slot that never was, or another generation */
            break;
        case 2:
            id = storm;
            break;
        case 3:
            id = stale[next(storm) % STALE];
            break;
        default:
            if (*storm->live) {
                storm->taken += call_with_own_id(storm) != 0;
                continue;
            }

            id = storm->ecb->ConnID;
            break;
        }

        SetLastError(0);
        taken = call_with_bad_id(storm, id);
        storm->taken += taken != 0;
        storm->wrong += taken || GetLastError() == 0;
    }

    return 0;
}

static DWORD run(EXTENSION_CONTROL_BLOCK *ecb, volatile LONG *live, STORM *storms, DWORD threads, DWORD calls, DWORD seed)
{
    DWORD i, wrong = 0;
    memset(storms, 0, sizeof *storms * threads);
    for (i = 0; i < threads; i++) {
        storms[i].ecb = ecb;
        storms[i].live = live;
        storms[i].seed = seed * 7919u + i;
        storms[i].calls = calls / threads;
        storms[i].thread = CreateThread(NULL, 0, rage, &storms[i], 0, NULL);
    }

    for (i = 0; i < threads; i++) {
        WaitForSingleObject(storms[i].thread, INFINITE);
        CloseHandle(storms[i].thread);
        wrong += storms[i].wrong;
    }

    return wrong;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    STORM storms[MAX_THREADS];
    DWORD threads = (DWORD)query_number(ecb, "threads", 4), calls = (DWORD)query_number(ecb, "calls", 1000);
    DWORD seed = (DWORD)query_number(ecb, "seed", 1), wrong, after, made = 0, taken = 0, again, i, size = 1;
    volatile LONG live = 1;
    BOOL first, second;

    if (variant_is(ecb, "report")) {
        send_text_head(ecb);
        write_format(ecb, "finished=%d faults=%d\n", (int)finished, (int)faults);
        return HSE_STATUS_SUCCESS;
    }

    threads = threads < 1 ? 1 : threads > MAX_THREADS ? MAX_THREADS : threads;
    wrong = run(ecb, &live, storms, threads, calls / 2, seed);
    for (i = 0; i < threads; i++) {
        made += storms[i].made;
        taken += storms[i].taken;
    }

    send_text_head(ecb);
    write_format(ecb, "made=%u taken=%d wrong=%u\n", (unsigned)made, taken > 0, (unsigned)wrong);

    /* Finished, twice, and from then on its own id is as dead as the others. */
    first = done(ecb, HSE_STATUS_SUCCESS);
    second = done(ecb, HSE_STATUS_SUCCESS);
    live = 0;
    stale[(DWORD)InterlockedIncrement(&stale_count) % STALE] = ecb->ConnID;
    after = run(ecb, &live, storms, threads, calls - calls / 2, seed + 1);
    again = ecb->WriteClient(ecb->ConnID, (LPVOID) "x", &size, HSE_IO_SYNC) != 0;
    if (!first || second || after != 0 || again) {
        InterlockedIncrement(&faults);
    }

    InterlockedIncrement(&finished);
    return seed % 2 == 0 ? HSE_STATUS_PENDING : HSE_STATUS_SUCCESS;
}
