/*
 * WriteClient with HSE_IO_ASYNC, chosen by the query string: a chain of writes that each start in the completion of the one before,
 * and the rules around it. "?report" tells what was seen.
 */
#include "testing.h"

typedef struct {
    long left;
    long completions;
    DWORD thread;
    volatile LONG inside;
    char text[64];
} chain;

static char seen[512];

TESTING_VERSION("async-write: asynchronous writes")

static void see(const char *format, ...)
{
    size_t used = strlen(seen);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(seen + used, sizeof seen - used, format, arguments);
    va_end(arguments);
}

static BOOL register_completion(EXTENSION_CONTROL_BLOCK *ecb, PFN_HSE_IO_COMPLETION routine, PVOID context)
{
    return ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_IO_COMPLETION, (LPVOID)routine, NULL, (LPDWORD)context);
}

static BOOL write_async(EXTENSION_CONTROL_BLOCK *ecb, const void *bytes, DWORD count)
{
    return ecb->WriteClient(ecb->ConnID, (LPVOID)bytes, &count, HSE_IO_ASYNC);
}

static void WINAPI next_write(EXTENSION_CONTROL_BLOCK *ecb, PVOID context, DWORD bytes, DWORD error)
{
    chain *all = context;
    all->completions++;
    if (error == 0 && bytes == 1 && --all->left > 0) {
        if (write_async(ecb, "x", 1)) {
            return;
        }
    }

    snprintf(all->text, sizeof all->text, "\ncompletions=%ld error=%u", all->completions, (unsigned)error);
    write_text(ecb, all->text);
    free(all);
    done(ecb, HSE_STATUS_SUCCESS);
}

static void WINAPI wrong(EXTENSION_CONTROL_BLOCK *ecb, PVOID context, DWORD bytes, DWORD error)
{
    (void)context;
    see("wrong completion %u/%u ", (unsigned)bytes, (unsigned)error);
    done(ecb, HSE_STATUS_SUCCESS);
}

static void WINAPI finish(EXTENSION_CONTROL_BLOCK *ecb, PVOID context, DWORD bytes, DWORD error)
{
    /* On the stack of the call that started it, "inside" would still be set by this very thread. */
    chain *all = context;
    BOOL inline_call = all->inside && all->thread == GetCurrentThreadId();
    see("bytes=%u error=%u inline=%d ", (unsigned)bytes, (unsigned)error, inline_call);
    free(all);
    done(ecb, HSE_STATUS_SUCCESS);
}

static void WINAPI forget(EXTENSION_CONTROL_BLOCK *ecb, PVOID context, DWORD bytes, DWORD error)
{
    (void)ecb;
    (void)context;
    see("completed %u/%u ", (unsigned)bytes, (unsigned)error);
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    chain *all;
    if (variant_is(ecb, "report")) {
        send_text_head(ecb);
        write_text(ecb, seen);
        return HSE_STATUS_SUCCESS;
    }

    seen[0] = '\0';
    send_text_head(ecb);
    if (variant_is(ecb, "no-callback")) {
        BOOL result = write_async(ecb, "x", 1);
        write_format(ecb, "%d/%u", result != 0, result ? 0 : (unsigned)GetLastError());
        return HSE_STATUS_SUCCESS;
    }

    all = calloc(1, sizeof *all);
    all->thread = GetCurrentThreadId();
    if (variant_is(ecb, "chain")) {
        all->left = query_number(ecb, "count", 1000);
        register_completion(ecb, next_write, all);
        write_async(ecb, "x", 1);
        return HSE_STATUS_PENDING;
    }

    if (variant_is(ecb, "taken-back")) {
        BOOL result;
        register_completion(ecb, wrong, NULL);
        register_completion(ecb, NULL, NULL);
        result = write_async(ecb, "x", 1);
        write_format(ecb, "%d/%u", result != 0, result ? 0 : (unsigned)GetLastError());
        free(all);
        return HSE_STATUS_SUCCESS;
    }

    if (variant_is(ecb, "success")) {
        /* Not PENDING although an operation is under way: the completion must still come, once. */
        free(all);
        register_completion(ecb, forget, NULL);
        write_async(ecb, "still whole", 11);
        return HSE_STATUS_SUCCESS;
    }

    /* latest: the second registration counts */
    register_completion(ecb, wrong, NULL);
    register_completion(ecb, finish, all);
    all->inside = 1;
    write_async(ecb, "hello", 5);
    Sleep(20);
    return HSE_STATUS_PENDING;
}
