/*
 * HSE_REQ_ASYNC_READ_CLIENT: reads the body behind the part that came with the control block and answers with its size and FNV-1a
 * checksum. "?second": a second read while one is outstanding; "?cancel": HSE_REQ_CANCEL_IO; "?bad-flag", "?no-callback".
 */
#include "testing.h"

typedef struct {
    DWORD hash, total, reads;
    volatile LONG reported;
    char buffer[65536];
} reader;

TESTING_VERSION("async-read: asynchronous reads")

static DWORD fnv(DWORD hash, const void *bytes, DWORD count)
{
    const unsigned char *at = bytes;
    while (count-- > 0) {
        hash = (hash ^ *at++) * 16777619u;
    }

    return hash;
}

static BOOL start(EXTENSION_CONTROL_BLOCK *ecb, reader *all)
{
    DWORD size = sizeof all->buffer, flag = HSE_IO_ASYNC;
    return ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_ASYNC_READ_CLIENT, all->buffer, &size, &flag);
}

static void finish(EXTENSION_CONTROL_BLOCK *ecb, reader *all, DWORD error)
{
    send_text_head(ecb);
    write_format(ecb, "bytes=%u checksum=%08x error=%u\n", (unsigned)all->total, (unsigned)all->hash, (unsigned)error);
    free(all);
    done(ecb, HSE_STATUS_SUCCESS);
}

static void WINAPI on_read(EXTENSION_CONTROL_BLOCK *ecb, PVOID context, DWORD bytes, DWORD error)
{
    reader *all = context;
    all->hash = fnv(all->hash, all->buffer, bytes);
    all->total += bytes;
    all->reads++;
    if (error != 0 || bytes == 0 || !start(ecb, all)) {
        finish(ecb, all, error);
    }
}

static void report(EXTENSION_CONTROL_BLOCK *ecb, const char *name, BOOL result)
{
    DWORD error = result ? 0 : GetLastError();
    write_format(ecb, "%s=%d/%u ", name, result != 0, (unsigned)error);
}

static void WINAPI on_cancelled(EXTENSION_CONTROL_BLOCK *ecb, PVOID context, DWORD bytes, DWORD error)
{
    /* It may come on another thread before the call that cancelled has told its own result. */
    reader *all = context;
    while (!all->reported) {
        Sleep(1);
    }

    write_format(ecb, "completed=%u/%u ", (unsigned)bytes, (unsigned)error);
    free(all);
    done(ecb, HSE_STATUS_SUCCESS);
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    reader *all = calloc(1, sizeof *all);
    DWORD size = sizeof all->buffer, flag = HSE_IO_SYNC;
    all->hash = 2166136261u;
    if (variant_is(ecb, "bad-flag") || variant_is(ecb, "no-callback")) {
        send_text_head(ecb);
        if (variant_is(ecb, "bad-flag")) {
            ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_IO_COMPLETION, (LPVOID)on_read, NULL, (LPDWORD)all);
            report(ecb, "read", ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_ASYNC_READ_CLIENT, all->buffer, &size, &flag));
        } else {
            report(ecb, "read", start(ecb, all));
        }

        report(ecb, "cancel", ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_CANCEL_IO, NULL, NULL, NULL));
        free(all);
        return HSE_STATUS_SUCCESS;
    }

    if (variant_is(ecb, "second") || variant_is(ecb, "cancel")) {
        send_text_head(ecb);
        ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_IO_COMPLETION, (LPVOID)on_cancelled, NULL, (LPDWORD)all);
        report(ecb, "first", start(ecb, all));
        if (variant_is(ecb, "second")) {
            report(ecb, "second", start(ecb, all));
        }

        report(ecb, "cancel", ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_CANCEL_IO, NULL, NULL, NULL));
        InterlockedExchange(&all->reported, 1);
        return HSE_STATUS_PENDING;
    }

    all->hash = fnv(all->hash, ecb->lpbData, ecb->cbAvailable);
    all->total = ecb->cbAvailable;
    ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_IO_COMPLETION, (LPVOID)on_read, NULL, (LPDWORD)all);
    if (!start(ecb, all)) {
        finish(ecb, all, GetLastError());
    }

    return HSE_STATUS_PENDING;
}
