/*
 * Events, semaphores and mutexes for Linux, and the waits for them. They are objects in memory, other than files and threads, whose handles are
 * descriptors (isapi_win32.h); WaitForSingleObject and CloseHandle take both. They have no names that other processes could open.
 */
#ifndef ISAPIHOST_OBJECTS_H
#define ISAPIHOST_OBJECTS_H
#ifndef _WIN32

#include "isapi_types.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#define WAIT_OBJECT_0 0
#define WAIT_ABANDONED 0x00000080
#define WAIT_IO_COMPLETION 0x000000C0
#define WAIT_TIMEOUT 258
#define WAIT_FAILED 0xFFFFFFFFu

/* No descriptor reaches this, and no address lies below. */
#define ISAPIHOST_FIRST_OBJECT ((uintptr_t)0x10000)

typedef struct isapihost_object {
    pthread_mutex_t gate;
    pthread_cond_t changed;
    LONG count;      /* how many waits succeed at once */
    LONG maximum;    /* of a semaphore */
    int stays;       /* a manual-reset event: waits take nothing */
    int is_mutex;    /* belongs to a thread, which may take it again */
    pthread_t owner;
    LONG depth;
} isapihost_object;

static inline isapihost_object *isapihost_object_of(HANDLE handle)
{
    return (uintptr_t)handle >= ISAPIHOST_FIRST_OBJECT && handle != INVALID_HANDLE_VALUE ? (isapihost_object *)handle : NULL;
}

static inline isapihost_object *isapihost_new_object(LONG count, LONG maximum)
{
    isapihost_object *object = (isapihost_object *)calloc(1, sizeof *object);
    pthread_condattr_t attributes;
    if (object == NULL) {
        errno = ERROR_NOT_ENOUGH_MEMORY;
        return NULL;
    }

    pthread_mutex_init(&object->gate, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&object->changed, &attributes);
    pthread_condattr_destroy(&attributes);
    object->count = count;
    object->maximum = maximum;
    return object;
}

static inline void isapihost_delete_object(isapihost_object *object)
{
    pthread_cond_destroy(&object->changed);
    pthread_mutex_destroy(&object->gate);
    free(object);
}

static inline DWORD isapihost_wait(isapihost_object *object, DWORD milliseconds)
{
    struct timespec until;
    DWORD result = WAIT_OBJECT_0;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += (time_t)(milliseconds / 1000);
    until.tv_nsec += (long)(milliseconds % 1000) * 1000000L;
    if (until.tv_nsec >= 1000000000L) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000L;
    }

    pthread_mutex_lock(&object->gate);
    if (object->is_mutex && object->depth > 0 && pthread_equal(object->owner, pthread_self())) {
        object->depth++;
        pthread_mutex_unlock(&object->gate);
        return result;
    }

    while (object->count == 0 && result == WAIT_OBJECT_0) {
        if (milliseconds == INFINITE) {
            pthread_cond_wait(&object->changed, &object->gate);
        } else if (pthread_cond_timedwait(&object->changed, &object->gate, &until) == ETIMEDOUT && object->count == 0) {
            result = WAIT_TIMEOUT;
        }
    }

    if (result == WAIT_OBJECT_0 && !object->stays) {
        object->count--;
        object->owner = pthread_self();
        object->depth = 1;
    }

    pthread_mutex_unlock(&object->gate);
    return result;
}

/* ---- events ---- */

static inline HANDLE CreateEventA(LPVOID lpEventAttributes, BOOL bManualReset, BOOL bInitialState, LPCSTR lpName)
{
    isapihost_object *object = isapihost_new_object(bInitialState ? 1 : 0, 1);
    (void)lpEventAttributes, (void)lpName;
    if (object != NULL) {
        object->stays = bManualReset != 0;
    }

    return object;
}

static inline BOOL isapihost_set_count(HANDLE handle, LONG count)
{
    isapihost_object *object = isapihost_object_of(handle);
    if (object == NULL) {
        errno = ERROR_INVALID_HANDLE;
        return FALSE;
    }

    pthread_mutex_lock(&object->gate);
    object->count = count;
    pthread_cond_broadcast(&object->changed);
    pthread_mutex_unlock(&object->gate);
    return TRUE;
}

static inline BOOL SetEvent(HANDLE hEvent)
{
    return isapihost_set_count(hEvent, 1);
}

static inline BOOL ResetEvent(HANDLE hEvent)
{
    return isapihost_set_count(hEvent, 0);
}

#define CreateEvent CreateEventA

/* ---- semaphores ---- */

static inline HANDLE CreateSemaphoreA(LPVOID lpAttributes, LONG lInitialCount, LONG lMaximumCount, LPCSTR lpName)
{
    (void)lpAttributes, (void)lpName;
    if (lInitialCount < 0 || lMaximumCount <= 0 || lInitialCount > lMaximumCount) {
        errno = ERROR_INVALID_PARAMETER;
        return NULL;
    }

    return isapihost_new_object(lInitialCount, lMaximumCount);
}

#define CreateSemaphore CreateSemaphoreA

static inline BOOL ReleaseSemaphore(HANDLE hSemaphore, LONG lReleaseCount, LONG *lpPreviousCount)
{
    isapihost_object *object = isapihost_object_of(hSemaphore);
    BOOL fits;
    if (object == NULL || lReleaseCount <= 0) {
        errno = object == NULL ? ERROR_INVALID_HANDLE : ERROR_INVALID_PARAMETER;
        return FALSE;
    }

    pthread_mutex_lock(&object->gate);
    fits = lReleaseCount <= object->maximum - object->count;
    if (fits) {
        if (lpPreviousCount != NULL) {
            *lpPreviousCount = object->count;
        }

        object->count += lReleaseCount;
        pthread_cond_broadcast(&object->changed);
    }

    pthread_mutex_unlock(&object->gate);
    if (!fits) {
        errno = 298; /* ERROR_TOO_MANY_POSTS */
    }

    return fits;
}

/* ---- mutexes ---- */

static inline HANDLE CreateMutexA(LPVOID lpMutexAttributes, BOOL bInitialOwner, LPCSTR lpName)
{
    isapihost_object *object = isapihost_new_object(1, 1);
    (void)lpMutexAttributes, (void)lpName;
    if (object != NULL) {
        object->is_mutex = 1;
        if (bInitialOwner) {
            isapihost_wait(object, INFINITE);
        }
    }

    return object;
}

#define CreateMutex CreateMutexA

static inline BOOL ReleaseMutex(HANDLE hMutex)
{
    isapihost_object *object = isapihost_object_of(hMutex);
    BOOL is_owner;
    if (object == NULL) {
        errno = ERROR_INVALID_HANDLE;
        return FALSE;
    }

    pthread_mutex_lock(&object->gate);
    is_owner = object->depth > 0 && pthread_equal(object->owner, pthread_self());
    if (is_owner && --object->depth == 0) {
        object->count = 1;
        pthread_cond_signal(&object->changed);
    }

    pthread_mutex_unlock(&object->gate);
    if (!is_owner) {
        errno = 288; /* ERROR_NOT_OWNER */
    }

    return is_owner;
}

#endif /* !_WIN32 */
#endif
