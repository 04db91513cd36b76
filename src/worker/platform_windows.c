#include "platform.h"

#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static HANDLE from_host;
static HANDLE to_host;
static BOOLEAN WINAPI never(void)
{
    return FALSE;
}

static BOOLEAN(WINAPI *shutdown_in_progress)(void) = never;
static DWORD thread_slot;
static void (*thread_ended)(void *value);

static wchar_t *wide(const char *text)
{
    int count = MultiByteToWideChar(CP_UTF8, 0, text, -1, NULL, 0);
    wchar_t *result = count <= 0 ? NULL : calloc((size_t)count, sizeof *result);
    if (result != NULL) {
        MultiByteToWideChar(CP_UTF8, 0, text, -1, result, count);
    }

    return result;
}

static char *narrow(const wchar_t *text)
{
    int count = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
    char *result = count <= 0 ? NULL : calloc((size_t)count, 1);
    if (result != NULL) {
        WideCharToMultiByte(CP_UTF8, 0, text, -1, result, count, NULL, NULL);
    }

    return result;
}

int wmain(int count, wchar_t **arguments)
{
    char *given[2] = {NULL, NULL};
    if (count == 2) {
        given[1] = narrow(arguments[1]);
    }

    return worker_main(given[1] == NULL ? 0 : count, given);
}

void platform_lock_enter(platform_lock *lock)
{
    AcquireSRWLockExclusive(lock);
}

void platform_lock_leave(platform_lock *lock)
{
    ReleaseSRWLockExclusive(lock);
}

void platform_condition_wait(platform_condition *condition, platform_lock *lock)
{
    SleepConditionVariableSRW(condition, lock, INFINITE, 0);
}

void platform_condition_signal(platform_condition *condition)
{
    WakeConditionVariable(condition);
}

void *platform_map(const char *path, uint64_t *size)
{
    wchar_t *name = wide(path);
    LARGE_INTEGER length;
    void *map = NULL;
    HANDLE mapping;
    HANDLE file = name == NULL
        ? INVALID_HANDLE_VALUE
        : CreateFileW(name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, 0, NULL);
    free(name);
    if (file == INVALID_HANDLE_VALUE) {
        return NULL;
    }

    if (GetFileSizeEx(file, &length) && length.QuadPart >= (LONGLONG)sizeof(struct segment_header)) {
        *size = (uint64_t)length.QuadPart;
        mapping = CreateFileMappingW(file, NULL, PAGE_READWRITE, 0, 0, NULL);
        if (mapping != NULL) {
            map = MapViewOfFile(mapping, FILE_MAP_READ | FILE_MAP_WRITE, 0, 0, 0);
            CloseHandle(mapping);
        }
    }

    CloseHandle(file);
    return map;
}

static HANDLE own(DWORD which)
{
    HANDLE copy = NULL, process = GetCurrentProcess();
    return DuplicateHandle(process, GetStdHandle(which), process, &copy, 0, FALSE, DUPLICATE_SAME_ACCESS) ? copy : NULL;
}

/* The C library and whoever asks for a standard handle later both get the new ones. */
static void give_other_standard_handles(void)
{
    int nothing = _open("NUL", _O_RDWR);
    if (nothing >= 0) {
        _dup2(nothing, 0);
        _close(nothing);
    }

    if (_dup2(2, 1) != 0) {
        _close(1);
    }

    SetStdHandle(STD_OUTPUT_HANDLE, GetStdHandle(STD_ERROR_HANDLE));
}

bool platform_begin_wakeups(void)
{
    from_host = own(STD_INPUT_HANDLE);
    to_host = own(STD_OUTPUT_HANDLE);
    if (from_host == NULL || to_host == NULL) {
        return false;
    }

    give_other_standard_handles();
    SetConsoleCtrlHandler(NULL, TRUE);
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
    return true;
}

/* There is always a thread in here, since there is one more than lanes: so the host's end is seen without a thread for it. */
void platform_wait_for_wakeup(void)
{
    char bytes[64];
    DWORD count = 0;
    if (!ReadFile(from_host, bytes, sizeof bytes, &count, NULL) || count == 0) {
        platform_exit(0);
    }
}

void platform_wake_host(void)
{
    DWORD error = GetLastError();
    DWORD count;
    WriteFile(to_host, "", 1, &count, NULL);
    SetLastError(error);
}

static DWORD WINAPI run_thread(void *run)
{
    void (*function)(void);
    memcpy(&function, &run, sizeof function);
    function();
    return 0;
}

bool platform_start_thread(void (*run)(void))
{
    void *argument;
    HANDLE thread;
    memcpy(&argument, &run, sizeof argument);
    thread = CreateThread(NULL, 0, run_thread, argument, 0, NULL);
    if (thread == NULL) {
        return false;
    }

    CloseHandle(thread);
    return true;
}

/* The end of the process calls it too, for the thread that ends it. */
static void WINAPI end_thread(void *value)
{
    if (value != NULL && !shutdown_in_progress()) {
        thread_ended(value);
    }
}

void platform_watch_thread_end(void (*ended)(void *value))
{
    FARPROC found = GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "RtlDllShutdownInProgress");
    if (found != NULL) {
        memcpy(&shutdown_in_progress, &found, sizeof found);
    }

    thread_ended = ended;
    thread_slot = FlsAlloc(end_thread);
}

void platform_set_thread_value(void *value)
{
    FlsSetValue(thread_slot, value);
}

void *platform_thread_value(void)
{
    return FlsGetValue(thread_slot);
}

/* IIS' worker has done this before it loads a module, and some rely on it. The library is not linked: most modules never need it. */
static void start_sockets(void)
{
    typedef int(WINAPI * startup_function)(WORD version, void *data);
    static LONG started;
    char data[512];
    startup_function startup;
    HMODULE library;
    FARPROC found;
    if (InterlockedExchange(&started, 1) != 0) {
        return;
    }

    library = LoadLibraryW(L"ws2_32.dll");
    found = library == NULL ? NULL : GetProcAddress(library, "WSAStartup");
    if (found != NULL) {
        memcpy(&startup, &found, sizeof startup);
        startup(MAKEWORD(2, 2), data);
    }
}

void *platform_load(const char *path, uint32_t *error, char *text, size_t text_size)
{
    wchar_t *name = wide(path);
    HMODULE module;
    (void)text;
    (void)text_size;
    if (name == NULL) {
        *error = ERROR_NOT_ENOUGH_MEMORY;
        return NULL;
    }

    start_sockets();
    module = LoadLibraryExW(name, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    *error = module == NULL ? GetLastError() : 0;
    free(name);
    return module;
}

void *platform_symbol(void *module, const char *name)
{
    void *symbol;
    FARPROC found = GetProcAddress(module, name);
    memcpy(&symbol, &found, sizeof symbol);
    return symbol;
}

void platform_set_last_error(uint32_t error)
{
    SetLastError(error);
}

uint32_t platform_last_error(void)
{
    return GetLastError();
}

uint32_t platform_process_id(void)
{
    return GetCurrentProcessId();
}

void platform_enter_module(struct thread_state *state)
{
    memset(state, 0, sizeof *state);
    __asm__ volatile("stmxcsr %0\n\tfnstcw %1" : "=m"(state->vector_control), "=m"(state->float_control));
}

void platform_leave_module(const struct thread_state *state)
{
    __asm__ volatile("fnclex\n\tldmxcsr %0\n\tfldcw %1" : : "m"(state->vector_control), "m"(state->float_control));
}

_Noreturn void platform_exit(int code)
{
    TerminateProcess(GetCurrentProcess(), (UINT)code);
    for (;;) {
        Sleep(INFINITE);
    }
}
