/*
 * DONE_WITH_SESSION in every order, chosen by the query string. "?report" tells what the calls that came too late were answered:
 * results (1 or 0) and last errors, in the order of the calls.
 */
#include "testing.h"

static char late[512];

TESTING_VERSION("done: orders of DONE_WITH_SESSION")

static void note(const char *name, BOOL result)
{
    DWORD error = result ? 0 : GetLastError();
    size_t used = strlen(late);
    snprintf(late + used, sizeof late - used, "%s=%d/%u ", name, result != 0, (unsigned)error);
}

/* Every callback, on a connection id that is no longer good. */
static void use_stale(HCONN connection, EXTENSION_CONTROL_BLOCK copy)
{
    char buffer[256];
    DWORD size = sizeof buffer;

    note("variable", copy.GetServerVariable(connection, "URL", buffer, &size));
    size = 4;
    note("write", copy.WriteClient(connection, "late", &size, HSE_IO_SYNC));
    size = sizeof buffer;
    note("read", copy.ReadClient(connection, buffer, &size));
    note("head", copy.ServerSupportFunction(connection, HSE_REQ_SEND_RESPONSE_HEADER, "200 OK", NULL, NULL));
    note("done", copy.ServerSupportFunction(connection, HSE_REQ_DONE_WITH_SESSION, NULL, NULL, NULL));
}

static DWORD WINAPI finish_at_once(LPVOID parameter)
{
    EXTENSION_CONTROL_BLOCK *ecb = parameter;
    send_text_head(ecb);
    write_text(ecb, "from another thread\n");
    done(ecb, HSE_STATUS_SUCCESS);
    return 0;
}

static DWORD WINAPI finish_later(LPVOID parameter)
{
    Sleep(100);
    return finish_at_once(parameter);
}

static DWORD WINAPI finish_and_go_on(LPVOID parameter)
{
    EXTENSION_CONTROL_BLOCK *ecb = parameter, copy = *ecb;
    Sleep(50);
    finish_at_once(ecb);
    Sleep(100);
    use_stale(copy.ConnID, copy);
    return 0;
}

static DWORD pending(LPTHREAD_START_ROUTINE routine, EXTENSION_CONTROL_BLOCK *ecb, BOOL wait)
{
    HANDLE thread = CreateThread(NULL, 0, routine, ecb, 0, NULL);
    if (wait) {
        WaitForSingleObject(thread, INFINITE);
    }

    CloseHandle(thread);
    return HSE_STATUS_PENDING;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    /* On another thread, long after PENDING was returned, and surely before. */
    if (variant_is(ecb, "after")) {
        return pending(finish_later, ecb, FALSE);
    }

    if (variant_is(ecb, "before")) {
        return pending(finish_at_once, ecb, TRUE);
    }

    if (variant_is(ecb, "race")) {
        return pending(finish_at_once, ecb, FALSE);
    }

    if (variant_is(ecb, "then-callbacks-later")) {
        late[0] = '\0';
        return pending(finish_and_go_on, ecb, FALSE);
    }

    send_text_head(ecb);
    if (variant_is(ecb, "report")) {
        write_text(ecb, late);
        return HSE_STATUS_SUCCESS;
    }

    write_text(ecb, "from the same thread\n");
    late[0] = '\0';
    if (variant_is(ecb, "null-status")) {
        ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_DONE_WITH_SESSION, NULL, NULL, NULL);
        return HSE_STATUS_PENDING;
    }

    note("first", done(ecb, HSE_STATUS_SUCCESS));
    if (variant_is(ecb, "twice")) {
        note("second", done(ecb, HSE_STATUS_SUCCESS));
        return HSE_STATUS_SUCCESS;
    }

    if (variant_is(ecb, "then-callbacks")) {
        use_stale(ecb->ConnID, *ecb);
        return HSE_STATUS_PENDING;
    }

    if (variant_is(ecb, "then-error")) {
        return HSE_STATUS_ERROR;
    }

    /* then-success */
    return HSE_STATUS_SUCCESS;
}
