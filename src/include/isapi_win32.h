/*
 * The handful of Win32 functions that ISAPI sources lean on, as inline functions for Linux.
 *
 * Last error. GetLastError() and SetLastError() read and write the thread's errno. When one of the host's callbacks
 * returns FALSE, the host has put a *Windows* code there (ERROR_INSUFFICIENT_BUFFER is 122), so the sources' own
 * comparisons hold. Two consequences: the code lasts only until the next call that touches errno, as on Windows, so
 * read it at once; and after a failed C library call GetLastError() gives a Linux number, not a Windows one.
 *
 * Handles. Every HANDLE is a descriptor: a file is an open file, a thread is an eventfd that becomes readable when
 * the thread has ended. So CloseHandle is close(2), and a descriptor from open(2) can be given to
 * HSE_REQ_TRANSMIT_FILE as (HANDLE)(intptr_t)fd.
 */
#ifndef ISAPIHOST_WIN32_H
#define ISAPIHOST_WIN32_H
#ifndef _WIN32

#include "isapi_types.h"

#include "isapi_memory.h"
#include "isapi_objects.h"
#include "isapi_strings.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* ---- last error ---- */

static inline DWORD GetLastError(void)
{
    return (DWORD)errno;
}

static inline void SetLastError(DWORD dwErrCode)
{
    errno = (int)dwErrCode;
}

/* Translates errno after a failed call in this file; the rest of the file then answers as Windows does. */
static inline void isapihost_set_last_error_from_errno(void)
{
    switch (errno) {
    case ENOENT:
    case ENOTDIR:
        SetLastError(ERROR_FILE_NOT_FOUND);
        break;
    case EACCES:
    case EPERM:
    case EISDIR:
        SetLastError(ERROR_ACCESS_DENIED);
        break;
    case EBADF:
        SetLastError(ERROR_INVALID_HANDLE);
        break;
    case ENOMEM:
    case EAGAIN:
    case EMFILE:
    case ENFILE:
        SetLastError(ERROR_NOT_ENOUGH_MEMORY);
        break;
    case EINVAL:
        SetLastError(ERROR_INVALID_PARAMETER);
        break;
    default:
        SetLastError(ERROR_READ_FAULT);
        break;
    }
}

/* ---- memory and strings ---- */

#define ZeroMemory(destination, length) memset((destination), 0, (length))
#define FillMemory(destination, length, fill) memset((destination), (fill), (length))
#define CopyMemory(destination, source, length) memcpy((destination), (source), (length))
#define MoveMemory(destination, source, length) memmove((destination), (source), (length))

#define _stricmp strcasecmp
#define _strnicmp strncasecmp
#define stricmp strcasecmp
#define strnicmp strncasecmp
#define _strdup strdup
#define _snprintf snprintf

static inline int lstrlenA(LPCSTR text)
{
    return text == NULL ? 0 : (int)strlen(text);
}

static inline LPSTR lstrcpyA(LPSTR target, LPCSTR source)
{
    return strcpy(target, source);
}

static inline LPSTR lstrcatA(LPSTR target, LPCSTR source)
{
    return strcat(target, source);
}

/* Copies at most size - 1 characters and always ends the target with a NUL. */
static inline LPSTR lstrcpynA(LPSTR target, LPCSTR source, int size)
{
    if (size > 0) {
        LPSTR end = target;
        while (--size > 0 && *source != '\0') {
            *end++ = *source++;
        }

        *end = '\0';
    }

    return target;
}

static inline int lstrcmpA(LPCSTR left, LPCSTR right)
{
    return strcmp(left, right);
}

static inline int lstrcmpiA(LPCSTR left, LPCSTR right)
{
    return strcasecmp(left, right);
}

#define lstrlen lstrlenA
#define lstrcpy lstrcpyA
#define lstrcat lstrcatA
#define lstrcpyn lstrcpynA
#define lstrcmp lstrcmpA
#define lstrcmpi lstrcmpiA

/* ---- time ---- */

static inline void Sleep(DWORD dwMilliseconds)
{
    struct timespec left;
    left.tv_sec = (time_t)(dwMilliseconds / 1000);
    left.tv_nsec = (long)(dwMilliseconds % 1000) * 1000000L;
    while (nanosleep(&left, &left) != 0 && errno == EINTR) {
    }
}

/* There are no asynchronous procedure calls here, so no wait is alertable. */
static inline DWORD SleepEx(DWORD dwMilliseconds, BOOL bAlertable)
{
    (void)bAlertable;
    Sleep(dwMilliseconds);
    return 0;
}

static inline ULONGLONG GetTickCount64(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (ULONGLONG)now.tv_sec * 1000 + (ULONGLONG)now.tv_nsec / 1000000;
}

static inline DWORD GetTickCount(void)
{
    return (DWORD)GetTickCount64();
}

/* ---- processes and threads ---- */

static inline DWORD GetCurrentThreadId(void)
{
    return (DWORD)syscall(SYS_gettid);
}

static inline DWORD GetCurrentProcessId(void)
{
    return (DWORD)getpid();
}

static inline BOOL CloseHandle(HANDLE hObject)
{
    if (isapihost_object_of(hObject) != NULL) {
        isapihost_delete_object(isapihost_object_of(hObject));
        return TRUE;
    }

    if (close((int)(intptr_t)hObject) != 0) {
        isapihost_set_last_error_from_errno();
        return FALSE;
    }

    return TRUE;
}

typedef DWORD(WINAPI *LPTHREAD_START_ROUTINE)(LPVOID lpParameter);

typedef struct isapihost_thread_start {
    LPTHREAD_START_ROUTINE routine;
    LPVOID parameter;
    int ended; /* the thread's own descriptor of the eventfd: the creator may close its handle at any time */
} isapihost_thread_start;

static inline void *isapihost_thread_main(void *argument)
{
    isapihost_thread_start start = *(isapihost_thread_start *)argument;
    free(argument);

    start.routine(start.parameter);

    eventfd_write(start.ended, 1);
    close(start.ended);
    return NULL;
}

/*
 * Starts a thread; stack size, attributes and flags (CREATE_SUSPENDED) are not supported and must be 0 or NULL.
 * The thread id is not told: GetCurrentThreadId() in the thread gives it.
 */
static inline HANDLE CreateThread(LPVOID lpThreadAttributes, SIZE_T dwStackSize, LPTHREAD_START_ROUTINE lpStartAddress,
                                  LPVOID lpParameter, DWORD dwCreationFlags, LPDWORD lpThreadId)
{
    isapihost_thread_start *start;
    pthread_attr_t attributes;
    pthread_t thread;
    int handle, failed;

    (void)dwStackSize;
    if (lpThreadAttributes != NULL || dwCreationFlags != 0) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return NULL;
    }

    if (lpThreadId != NULL) {
        *lpThreadId = 0;
    }

    start = (isapihost_thread_start *)malloc(sizeof *start);
    handle = eventfd(0, EFD_CLOEXEC);
    if (start == NULL || handle < 0 || (start->ended = fcntl(handle, F_DUPFD_CLOEXEC, 1)) < 0) {
        if (handle >= 0) {
            close(handle);
        }

        free(start);
        SetLastError(ERROR_NOT_ENOUGH_MEMORY);
        return NULL;
    }

    start->routine = lpStartAddress;
    start->parameter = lpParameter;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    failed = pthread_create(&thread, &attributes, isapihost_thread_main, start);
    pthread_attr_destroy(&attributes);
    if (failed) {
        close(start->ended);
        close(handle);
        free(start);
        SetLastError(ERROR_NOT_ENOUGH_MEMORY);
        return NULL;
    }

    return (HANDLE)(intptr_t)handle;
}

/* Waits for an object of isapi_objects.h, or for the end of a thread. The whole timeout starts again after a signal. */
static inline DWORD WaitForSingleObject(HANDLE hHandle, DWORD dwMilliseconds)
{
    struct pollfd wait;
    int ready;

    if (isapihost_object_of(hHandle) != NULL) {
        return isapihost_wait(isapihost_object_of(hHandle), dwMilliseconds);
    }

    wait.fd = (int)(intptr_t)hHandle;
    wait.events = POLLIN;
    do {
        ready = poll(&wait, 1, dwMilliseconds > 0x7FFFFFFFu ? -1 : (int)dwMilliseconds);
    } while (ready < 0 && errno == EINTR);

    if (ready > 0 && (wait.revents & POLLNVAL) == 0) {
        return WAIT_OBJECT_0;
    }

    if (ready == 0) {
        return WAIT_TIMEOUT;
    }

    SetLastError(ERROR_INVALID_HANDLE);
    return WAIT_FAILED;
}

/* What Microsoft's C library has in place of CreateThread; the rules are the same. The thread ends by returning. */
static inline uintptr_t _beginthreadex(void *security, unsigned stack_size, unsigned(__stdcall *start_address)(void *), void *argument,
                                       unsigned creation_flags, unsigned *thread_id)
{
    return (uintptr_t)CreateThread(security, stack_size, (LPTHREAD_START_ROUTINE)start_address, argument, creation_flags, (LPDWORD)thread_id);
}

#define MAXIMUM_WAIT_OBJECTS 64

/*
 * Waits for one of several, or for all of them one after another: unlike Windows, which takes all at once, this holds those that came first
 * while it waits for the rest, and after a timeout has used them up.
 */
static inline DWORD WaitForMultipleObjects(DWORD nCount, const HANDLE *lpHandles, BOOL bWaitAll, DWORD dwMilliseconds)
{
    ULONGLONG until = GetTickCount64() + dwMilliseconds;
    DWORD i;

    if (nCount == 0 || nCount > MAXIMUM_WAIT_OBJECTS || lpHandles == NULL) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return WAIT_FAILED;
    }

    if (bWaitAll) {
        for (i = 0; i < nCount; i++) {
            ULONGLONG now = GetTickCount64();
            DWORD left = dwMilliseconds == INFINITE ? INFINITE : now < until ? (DWORD)(until - now) : 0;
            DWORD result = WaitForSingleObject(lpHandles[i], left);
            if (result != WAIT_OBJECT_0) {
                return result;
            }
        }

        return WAIT_OBJECT_0;
    }

    /* Descriptors and objects in memory have no wait in common, so each is looked at in turn, every millisecond. */
    for (;;) {
        for (i = 0; i < nCount; i++) {
            DWORD result = WaitForSingleObject(lpHandles[i], 0);
            if (result != WAIT_TIMEOUT) {
                return result == WAIT_OBJECT_0 ? WAIT_OBJECT_0 + i : result;
            }
        }

        if (dwMilliseconds != INFINITE && GetTickCount64() >= until) {
            return WAIT_TIMEOUT;
        }

        Sleep(1);
    }
}

/* ---- locks and counters ---- */

typedef pthread_mutex_t CRITICAL_SECTION, *LPCRITICAL_SECTION;

static inline void InitializeCriticalSection(LPCRITICAL_SECTION section)
{
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(section, &attributes);
    pthread_mutexattr_destroy(&attributes);
}

static inline void EnterCriticalSection(LPCRITICAL_SECTION section)
{
    pthread_mutex_lock(section);
}

static inline void LeaveCriticalSection(LPCRITICAL_SECTION section)
{
    pthread_mutex_unlock(section);
}

static inline void DeleteCriticalSection(LPCRITICAL_SECTION section)
{
    pthread_mutex_destroy(section);
}

static inline LONG InterlockedIncrement(LONG volatile *addend)
{
    return __atomic_add_fetch(addend, 1, __ATOMIC_SEQ_CST);
}

static inline LONG InterlockedDecrement(LONG volatile *addend)
{
    return __atomic_sub_fetch(addend, 1, __ATOMIC_SEQ_CST);
}

static inline LONG InterlockedExchange(LONG volatile *target, LONG value)
{
    return __atomic_exchange_n(target, value, __ATOMIC_SEQ_CST);
}

/* Gives the value before the addition. */
static inline LONG InterlockedExchangeAdd(LONG volatile *addend, LONG value)
{
    return __atomic_fetch_add(addend, value, __ATOMIC_SEQ_CST);
}

/* Gives the value before the exchange, whether it took place or not. */
static inline LONG InterlockedCompareExchange(LONG volatile *target, LONG value, LONG comparand)
{
    __atomic_compare_exchange_n(target, &comparand, value, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    return comparand;
}

/* ---- files, for reading ---- */

#define GENERIC_READ 0x80000000u
#define GENERIC_WRITE 0x40000000u
#define FILE_SHARE_READ 0x00000001
#define FILE_SHARE_WRITE 0x00000002
#define FILE_SHARE_DELETE 0x00000004
#define OPEN_EXISTING 3
#define FILE_ATTRIBUTE_NORMAL 0x00000080
#define FILE_FLAG_SEQUENTIAL_SCAN 0x08000000
#define FILE_FLAG_OVERLAPPED 0x40000000
#define INVALID_FILE_SIZE 0xFFFFFFFFu

/* Opens an existing file for reading; other ways of access are refused. Sharing and flags have no meaning here. */
static inline HANDLE CreateFileA(LPCSTR lpFileName, DWORD dwDesiredAccess, DWORD dwShareMode, LPVOID lpSecurityAttributes,
                                 DWORD dwCreationDisposition, DWORD dwFlagsAndAttributes, HANDLE hTemplateFile)
{
    int file;

    (void)dwShareMode;
    (void)lpSecurityAttributes;
    (void)dwFlagsAndAttributes;
    (void)hTemplateFile;
    if (dwDesiredAccess != GENERIC_READ || dwCreationDisposition != OPEN_EXISTING) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return INVALID_HANDLE_VALUE;
    }

    file = open(lpFileName, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        isapihost_set_last_error_from_errno();
        return INVALID_HANDLE_VALUE;
    }

    return (HANDLE)(intptr_t)file;
}

#define CreateFile CreateFileA

/* Reads from the file's position; TRUE with 0 bytes is the end of the file. lpOverlapped must be NULL. */
static inline BOOL ReadFile(HANDLE hFile, LPVOID lpBuffer, DWORD nNumberOfBytesToRead, LPDWORD lpNumberOfBytesRead,
                            LPVOID lpOverlapped)
{
    ssize_t count;

    if (lpOverlapped != NULL || lpNumberOfBytesRead == NULL) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return FALSE;
    }

    do {
        count = read((int)(intptr_t)hFile, lpBuffer, nNumberOfBytesToRead);
    } while (count < 0 && errno == EINTR);

    *lpNumberOfBytesRead = count < 0 ? 0 : (DWORD)count;
    if (count < 0) {
        isapihost_set_last_error_from_errno();
        return FALSE;
    }

    return TRUE;
}

/* The low half of the file's size; the high half goes to lpFileSizeHigh unless it is NULL. */
static inline DWORD GetFileSize(HANDLE hFile, LPDWORD lpFileSizeHigh)
{
    struct stat info;

    if (fstat((int)(intptr_t)hFile, &info) != 0) {
        isapihost_set_last_error_from_errno();
        return INVALID_FILE_SIZE;
    }

    if (lpFileSizeHigh != NULL) {
        *lpFileSizeHigh = (DWORD)((ULONGLONG)info.st_size >> 32);
    }

    SetLastError(NO_ERROR);
    return (DWORD)info.st_size;
}

#endif /* !_WIN32 */
#endif
