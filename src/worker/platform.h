/* What the two systems do differently; platform_linux.c and platform_windows.c. */
#ifndef WORKER_PLATFORM_H
#define WORKER_PLATFORM_H

#include "protocol.h"

#include <stdbool.h>

#ifdef _WIN32
#include <windows.h>
typedef SRWLOCK platform_lock;
typedef CONDITION_VARIABLE platform_condition;
#define PLATFORM_LOCK_INIT SRWLOCK_INIT
#define PLATFORM_CONDITION_INIT CONDITION_VARIABLE_INIT
#else
#include <pthread.h>
typedef pthread_mutex_t platform_lock;
typedef pthread_cond_t platform_condition;
#define PLATFORM_LOCK_INIT PTHREAD_MUTEX_INITIALIZER
#define PLATFORM_CONDITION_INIT PTHREAD_COND_INITIALIZER
#endif

/* main.c; called by the system's own main, with its arguments in UTF-8. */
int worker_main(int count, char **arguments);

void platform_lock_enter(platform_lock *lock);
void platform_lock_leave(platform_lock *lock);
void platform_condition_wait(platform_condition *condition, platform_lock *lock);
void platform_condition_signal(platform_condition *condition);

/* Maps the file; NULL when it cannot be mapped or is smaller than a header. */
void *platform_map(const char *path, uint64_t *size);

/*
 * Takes the standard handles for the wake-ups and gives the program others in their place, before a module is loaded: what a module
 * prints goes to standard error. Also sees to it that the program ends when the host does.
 */
bool platform_begin_wakeups(void);

/* Waits for the host's next byte; ends the program when there is no host any more. */
void platform_wait_for_wakeup(void);
void platform_wake_host(void);

bool platform_start_thread(void (*run)(void));

/* Calls ended on a thread of any origin that has set a value other than NULL and ends without having set it back. */
void platform_watch_thread_end(void (*ended)(void *value));
void platform_set_thread_value(void *value);
void *platform_thread_value(void);

/* The module, or NULL and the system's error: its code and, where it has one, a text. */
void *platform_load(const char *path, uint32_t *error, char *text, size_t text_size);
void *platform_symbol(void *module, const char *name);

void platform_set_last_error(uint32_t error);
uint32_t platform_last_error(void);

uint32_t platform_process_id(void);

/* Surrounds each call of a module: what it left in the thread's state is put back. */
struct thread_state {
    uint32_t vector_control;
    uint16_t float_control;
};
void platform_enter_module(struct thread_state *state);
void platform_leave_module(const struct thread_state *state);

/* Writes of the segment's crash record from now on; each thread that runs modules calls the second. */
void platform_catch_crashes(struct crash_record *record);
void platform_prepare_thread_for_crashes(void);

_Noreturn void platform_exit(int code);

#endif
