/* Keeps itself in memory, and calls back with the last request's ConnID until the process ends. */
#ifndef _WIN32
#define _GNU_SOURCE
#include <dlfcn.h>
#endif
#include "testing.h"

static BOOL(WINAPI *write_client)(HCONN id, LPVOID buffer, LPDWORD bytes, DWORD flags);
static HCONN late;

TESTING_VERSION("call-after-termination: a thread that does not know of the end")

static void stay_in_memory(void)
{
#ifdef _WIN32
    HMODULE self;
    GetModuleHandleExA(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN, (LPCSTR)(void *)stay_in_memory, &self);
#else
    Dl_info self;
    dladdr((void *)stay_in_memory, &self);
    dlopen(self.dli_fname, RTLD_NOW | RTLD_NODELETE);
#endif
}

static DWORD WINAPI call_on(LPVOID parameter)
{
    (void)parameter;
    for (;;) {
        DWORD count = 1;
        Sleep(100);
        write_client(late, "x", &count, HSE_IO_SYNC);
    }

    return 0;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    write_client = ecb->WriteClient;
    late = ecb->ConnID;
    send_text_head(ecb);
    return HSE_STATUS_SUCCESS;
}

BOOL WINAPI TerminateExtension(DWORD flags)
{
    (void)flags;
    stay_in_memory();
    CloseHandle(CreateThread(NULL, 0, call_on, NULL, 0, NULL));
    return TRUE;
}
