/*
 * Changes the thread that it is called on and leaves it so (thread_state.h): the words of the query string say what, the environment
 * variable THREAD_STATE_AT_LOAD what already when it is loaded, THREAD_STATE_AT_VERSION what in GetExtensionVersion. Without words it
 * answers with the state that it finds.
 *
 * "completion" changes the thread of a completion, "read" computes with the changed thread inside of callbacks.
 */
#include "testing.h"
#include "thread_state.h"

static void change_as(const char *variable)
{
    const char *words = getenv(variable);
    if (words != NULL) {
        change_state(words);
    }
}

#ifdef _WIN32
BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, LPVOID reserved)
{
    (void)instance, (void)reserved;
    if (reason == DLL_PROCESS_ATTACH) {
        change_as("THREAD_STATE_AT_LOAD");
    }

    return TRUE;
}
#else
__attribute__((constructor)) static void construct(void)
{
    change_as("THREAD_STATE_AT_LOAD");
}
#endif

BOOL WINAPI GetExtensionVersion(HSE_VERSION_INFO *version)
{
    change_as("THREAD_STATE_AT_VERSION");
    version->dwExtensionVersion = HSE_VERSION;
    lstrcpynA(version->lpszExtensionDesc, "thread-state: leaves its thread changed", HSE_MAX_EXT_DLL_NAME_LEN);
    return TRUE;
}

static void answer(EXTENSION_CONTROL_BLOCK *ecb)
{
    char line[200];
    describe_state(line, sizeof line);
    send_text_head(ecb);
    write_format(ecb, "%s\n", line);
}

static void WINAPI on_written(EXTENSION_CONTROL_BLOCK *ecb, PVOID context, DWORD bytes, DWORD error)
{
    (void)context, (void)bytes, (void)error;
    change_state(ecb->lpszQueryString);
    done(ecb, HSE_STATUS_SUCCESS);
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    char before[200];

    if (*ecb->lpszQueryString == '\0') {
        answer(ecb);
        return HSE_STATUS_SUCCESS;
    }

    if (variant_is(ecb, "completion")) {
        ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_IO_COMPLETION, (LPVOID)on_written, NULL, NULL);
        send_text_head(ecb);
        DWORD size = 8;
        return ecb->WriteClient(ecb->ConnID, "changed\n", &size, HSE_IO_ASYNC) ? HSE_STATUS_PENDING : HSE_STATUS_ERROR;
    }

    change_state(ecb->lpszQueryString);
    if (strstr(ecb->lpszQueryString, "callbacks") != NULL) {
        /* What the host computes for these must not see the state, and must not put it back either. */
        DWORD size = sizeof before;
        unsigned control = get_control(), x87 = get_x87();
        int level = token_level();
        BOOL same;
        send_text_head(ecb);
        ecb->GetServerVariable(ecb->ConnID, (LPSTR)"ALL_RAW", before, &size);
        write_text(ecb, "");
        same = control == get_control() && x87 == get_x87() && level == token_level();
        write_text(ecb, same ? "as it was\n" : "changed by a callback\n");
        return HSE_STATUS_SUCCESS;
    }

    send_text_head(ecb);
    write_text(ecb, "changed\n");
    return HSE_STATUS_SUCCESS;
}
