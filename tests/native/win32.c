/* Uses what ISAPI sources use of Windows, and tells what came out: the same on Windows and with the headers of src/include. */
#include "testing.h"
#include <process.h>
#include <tchar.h>

TESTING_VERSION("win32: functions of Windows that sources lean on")

static HANDLE ready, permits, both;

static DWORD WINAPI work(LPVOID parameter)
{
    (void)parameter;
    WaitForSingleObject(both, INFINITE);
    ReleaseMutex(both);
    ReleaseSemaphore(permits, 2, NULL);
    SetEvent(ready);
    return 0;
}

static unsigned __stdcall give(void *parameter)
{
    ReleaseSemaphore((HANDLE)parameter, 1, NULL);
    return 0;
}

static void several(EXTENSION_CONTROL_BLOCK *ecb)
{
    HANDLE event = CreateEvent(NULL, FALSE, FALSE, NULL), semaphore = CreateSemaphore(NULL, 0, 2, NULL), handles[3];
    handles[0] = event;
    handles[1] = semaphore;
    write_format(ecb, "several %u", (unsigned)WaitForMultipleObjects(2, handles, FALSE, 20));
    handles[2] = (HANDLE)_beginthreadex(NULL, 0, give, semaphore, 0, NULL);
    write_format(ecb, " %u", (unsigned)WaitForMultipleObjects(2, handles, FALSE, INFINITE));
    SetEvent(event);
    ReleaseSemaphore(semaphore, 1, NULL);
    write_format(ecb, " %u", (unsigned)WaitForMultipleObjects(3, handles, TRUE, INFINITE));
    write_format(ecb, " %u", (unsigned)WaitForMultipleObjects(2, handles, FALSE, 0));
    SetEvent(event);
    write_format(ecb, " %u\n", (unsigned)WaitForMultipleObjects(2, handles, FALSE, 0));
    CloseHandle(handles[2]);
    CloseHandle(semaphore);
    CloseHandle(event);
}

static void strings(EXTENSION_CONTROL_BLOCK *ecb)
{
    char text[8], number[16];
    errno_t cut = strncpy_s(text, sizeof text, "0123456789", _TRUNCATE);
    write_format(ecb, "strncpy_s %s %d\n", text, cut == STRUNCATE);
    write_format(ecb, "strcpy_s %d %s\n", strcpy_s(text, sizeof text, "abc"), text);
    write_format(ecb, "strcat_s %d %s\n", strcat_s(text, sizeof text, "def"), text);
    write_format(ecb, "_snprintf_s %d", _snprintf_s(text, sizeof text, _TRUNCATE, "%s", "long enough"));
    write_format(ecb, " %s\n", text);
    write_format(ecb, "sprintf_s %d", sprintf_s(text, sizeof text, "%d", 42));
    write_format(ecb, " %s\n", text);
    _itoa_s(-42, number, sizeof number, 10);
    write_format(ecb, "_itoa_s %s\n", number);
    lstrcpynA(text, "MiXed", sizeof text);
    write_format(ecb, "_strlwr %s", _strlwr(text));
    write_format(ecb, " %s\n", _strupr(text));
    write_format(ecb, "_tcsicmp %d %d\n", _tcsicmp(_T("a"), _TEXT("A")), (int)_tcslen(_T("four")));
    wsprintfA(number, "%u", 7u);
    write_format(ecb, "wsprintf %s\n", number);
    OutputDebugStringA("win32: a line for the debugger\n");
}

static void memory(EXTENSION_CONTROL_BLOCK *ecb)
{
    char *heap = (char *)HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, 100);
    char *local = (char *)LocalAlloc(LPTR, 100);
    char *global = (char *)GlobalAlloc(GPTR, 100);
    char *pages = (char *)VirtualAlloc(NULL, 100000, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    heap[99] = local[99] = global[99] = 1;
    pages[99999] = 1;
    heap = (char *)HeapReAlloc(GetProcessHeap(), 0, heap, 10000);
    write_format(ecb, "memory %d %d %d %d", heap[0], local[0], global[0], pages[0]);
    write_format(ecb, " %d", HeapFree(GetProcessHeap(), 0, heap) != 0);
    write_format(ecb, " %d %d", LocalFree(local) == NULL, GlobalFree(global) == NULL);
    write_format(ecb, " %d\n", VirtualFree(pages, 0, MEM_RELEASE) != 0);
}

static void objects(EXTENSION_CONTROL_BLOCK *ecb)
{
    HANDLE automatic = CreateEvent(NULL, FALSE, TRUE, NULL), thread;
    ready = CreateEvent(NULL, TRUE, FALSE, NULL);
    permits = CreateSemaphore(NULL, 0, 2, NULL);
    both = CreateMutex(NULL, TRUE, NULL);
    thread = CreateThread(NULL, 0, work, NULL, 0, NULL);

    write_format(ecb, "automatic %u", (unsigned)WaitForSingleObject(automatic, INFINITE));
    write_format(ecb, " %u\n", (unsigned)WaitForSingleObject(automatic, 10));
    write_format(ecb, "before %u", (unsigned)WaitForSingleObject(permits, 10));
    write_format(ecb, " %u", (unsigned)WaitForSingleObject(both, INFINITE));
    ReleaseMutex(both);
    ReleaseMutex(both);
    write_format(ecb, " %u", (unsigned)WaitForSingleObject(ready, INFINITE));
    write_format(ecb, " %u\n", (unsigned)WaitForSingleObject(ready, 0));
    write_format(ecb, "permits %u", (unsigned)WaitForSingleObject(permits, 0));
    write_format(ecb, " %u", (unsigned)WaitForSingleObject(permits, 0));
    write_format(ecb, " %u\n", (unsigned)WaitForSingleObject(permits, 0));
    write_format(ecb, "thread %u\n", (unsigned)WaitForSingleObject(thread, INFINITE));
    write_format(ecb, "SleepEx %u\n", (unsigned)SleepEx(1, TRUE));
    write_format(ecb, "closed %d\n", CloseHandle(automatic) && CloseHandle(ready) && CloseHandle(permits) && CloseHandle(both) && CloseHandle(thread));
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    send_text_head(ecb);
    strings(ecb);
    memory(ecb);
    objects(ecb);
    several(ecb);
    return HSE_STATUS_SUCCESS;
}
