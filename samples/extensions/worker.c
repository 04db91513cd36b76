/*
 * Long work on a thread of its own: HttpExtensionProc returns HSE_STATUS_PENDING, so that the server's thread is free, and
 * the worker ends the request with DONE_WITH_SESSION. One worker takes the jobs in the order of their arrival.
 *
 *     curl "http://localhost:8080/worker.so?seconds=2"
 */
#include <httpext.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct job {
    EXTENSION_CONTROL_BLOCK *ecb; /* valid until DONE_WITH_SESSION */
    int seconds;
    struct job *next;
} job;

static CRITICAL_SECTION lock;
static job *first, *last;
static HANDLE worker; /* the thread that takes the jobs, or the last one that did */
static BOOL working;

BOOL WINAPI GetExtensionVersion(HSE_VERSION_INFO *version)
{
    version->dwExtensionVersion = HSE_VERSION;
    lstrcpynA(version->lpszExtensionDesc, "worker: answers from a thread of its own", HSE_MAX_EXT_DLL_NAME_LEN);
    InitializeCriticalSection(&lock);
    return TRUE;
}

static job *take(void)
{
    job *taken;
    EnterCriticalSection(&lock);
    taken = first;
    if (taken != NULL) {
        first = taken->next;
    } else {
        working = FALSE;
    }

    LeaveCriticalSection(&lock);
    return taken;
}

static void answer(EXTENSION_CONTROL_BLOCK *ecb, int seconds)
{
    static const char headers[] = "Content-Type: text/plain\r\n\r\n";
    HSE_SEND_HEADER_EX_INFO head = { "200 OK", headers, sizeof "200 OK" - 1, sizeof headers - 1, TRUE };
    char text[128];
    DWORD size, status = HSE_STATUS_SUCCESS;

    Sleep((DWORD)seconds * 1000); /* the work */

    size = (DWORD)snprintf(text, sizeof text, "Worked for %d s on thread %lu.\n", seconds, (unsigned long)GetCurrentThreadId());
    if (!ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_SEND_RESPONSE_HEADER_EX, &head, NULL, NULL) ||
        !ecb->WriteClient(ecb->ConnID, text, &size, HSE_IO_SYNC)) {
        status = HSE_STATUS_ERROR;
    }

    /* The last touch: from here on the control block belongs to the server again. */
    ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_DONE_WITH_SESSION, &status, NULL, NULL);
}

static DWORD WINAPI work(LPVOID unused)
{
    job *next;
    (void)unused;
    while ((next = take()) != NULL) {
        answer(next->ecb, next->seconds);
        free(next);
    }

    return 0;
}

/* Gives FALSE when no thread could be had. */
static BOOL enqueue(job *added)
{
    BOOL ready = TRUE;
    EnterCriticalSection(&lock);
    if (!working) {
        if (worker != NULL) {
            CloseHandle(worker);
        }

        worker = CreateThread(NULL, 0, work, NULL, 0, NULL);
        ready = working = worker != NULL;
    }

    if (ready) {
        *(first == NULL ? &first : &last->next) = added;
        last = added;
    }

    LeaveCriticalSection(&lock);
    return ready;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    int seconds = strncmp(ecb->lpszQueryString, "seconds=", 8) == 0 ? atoi(ecb->lpszQueryString + 8) : 1;
    job *added = malloc(sizeof *added);

    if (added == NULL) {
        return HSE_STATUS_ERROR;
    }

    added->ecb = ecb;
    added->seconds = seconds < 0 ? 0 : seconds > 60 ? 60 : seconds;
    added->next = NULL;
    if (!enqueue(added)) {
        free(added);
        return HSE_STATUS_ERROR;
    }

    /* The worker may have ended the request before this line: touch nothing any more. */
    return HSE_STATUS_PENDING;
}

/* Called when no request is running any more. The thread may still be on its way out, and needs the lock and this code for that. */
BOOL WINAPI TerminateExtension(DWORD flags)
{
    (void)flags;
    if (worker != NULL) {
        WaitForSingleObject(worker, INFINITE);
        CloseHandle(worker);
    }

    DeleteCriticalSection(&lock);
    return TRUE;
}
