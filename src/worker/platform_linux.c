#include "platform.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define STACK_SIZE (1024u * 1024u)

static int from_host;
static int to_host;
static pthread_key_t thread_key;
static void (*thread_ended)(void *value);

int main(int count, char **arguments)
{
    return worker_main(count, arguments);
}

void platform_lock_enter(platform_lock *lock)
{
    pthread_mutex_lock(lock);
}

void platform_lock_leave(platform_lock *lock)
{
    pthread_mutex_unlock(lock);
}

void platform_condition_wait(platform_condition *condition, platform_lock *lock)
{
    pthread_cond_wait(condition, lock);
}

void platform_condition_signal(platform_condition *condition)
{
    pthread_cond_signal(condition);
}

void *platform_map(const char *path, uint64_t *size)
{
    struct stat about;
    void *map = MAP_FAILED;
    int file = open(path, O_RDWR | O_CLOEXEC);
    if (file < 0) {
        return NULL;
    }

    if (fstat(file, &about) == 0 && about.st_size >= (off_t)sizeof(struct segment_header)) {
        *size = (uint64_t)about.st_size;
        map = mmap(NULL, (size_t)about.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    }

    close(file);
    return map == MAP_FAILED ? NULL : map;
}

static bool start(void *(*run)(void *), void *argument, size_t stack)
{
    pthread_attr_t attributes;
    pthread_t thread;
    bool started = pthread_attr_init(&attributes) == 0 && pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED) == 0
        && pthread_attr_setstacksize(&attributes, stack) == 0 && pthread_create(&thread, &attributes, run, argument) == 0;
    pthread_attr_destroy(&attributes);
    return started;
}

bool platform_begin_wakeups(void)
{
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    from_host = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
    to_host = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    if (nothing < 0 || from_host < 0 || to_host < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(STDERR_FILENO, STDOUT_FILENO) < 0) {
        return false;
    }

    close(nothing);

    /* A terminal's Ctrl+C and a service manager's SIGTERM reach the whole group; this program ends when the host does. */
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    return true;
}

/* There is always a thread in here, since there is one more than lanes: so the host's end is seen without a thread for it. */
void platform_wait_for_wakeup(void)
{
    char bytes[64];
    ssize_t count;
    do {
        count = read(from_host, bytes, sizeof bytes);
    } while (count < 0 && errno == EINTR);

    if (count <= 0) {
        platform_exit(0);
    }
}

void platform_wake_host(void)
{
    int error = errno;
    ssize_t written;
    do {
        written = write(to_host, "", 1);
    } while (written < 0 && errno == EINTR);

    errno = error;
}

static void *run_thread(void *run)
{
    void (*function)(void);
    memcpy(&function, &run, sizeof function);
    function();
    return NULL;
}

bool platform_start_thread(void (*run)(void))
{
    void *argument;
    memcpy(&argument, &run, sizeof argument);
    return start(run_thread, argument, STACK_SIZE);
}

static void end_thread(void *value)
{
    thread_ended(value);
}

void platform_watch_thread_end(void (*ended)(void *value))
{
    thread_ended = ended;
    pthread_key_create(&thread_key, end_thread);
}

void platform_set_thread_value(void *value)
{
    pthread_setspecific(thread_key, value);
}

void *platform_thread_value(void)
{
    return pthread_getspecific(thread_key);
}

void *platform_load(const char *path, uint32_t *error, char *text, size_t text_size)
{
    void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (module == NULL) {
        const char *reason = dlerror();
        *error = 126; /* ERROR_MOD_NOT_FOUND */
        snprintf(text, text_size, "%s", reason == NULL ? "" : reason);
    }

    return module;
}

void *platform_symbol(void *module, const char *name)
{
    return dlsym(module, name);
}

void platform_set_last_error(uint32_t error)
{
    errno = (int)error;
}

uint32_t platform_last_error(void)
{
    return (uint32_t)errno;
}

uint32_t platform_process_id(void)
{
    return (uint32_t)getpid();
}

void platform_enter_module(struct thread_state *state)
{
    memset(state, 0, sizeof *state);
#if defined(__x86_64__) || defined(__i386__)
    __asm__ volatile("stmxcsr %0\n\tfnstcw %1" : "=m"(state->vector_control), "=m"(state->float_control));
#elif defined(__aarch64__)
    uint64_t control;
    __asm__ volatile("mrs %0, fpcr" : "=r"(control));
    state->vector_control = (uint32_t)control;
#endif
}

void platform_leave_module(const struct thread_state *state)
{
    sigset_t none;
#if defined(__x86_64__) || defined(__i386__)
    __asm__ volatile("fnclex\n\tldmxcsr %0\n\tfldcw %1" : : "m"(state->vector_control), "m"(state->float_control));
#elif defined(__aarch64__)
    __asm__ volatile("msr fpcr, %0" : : "r"((uint64_t)state->vector_control));
#endif
    sigemptyset(&none);
    pthread_sigmask(SIG_SETMASK, &none, NULL);
}

_Noreturn void platform_exit(int code)
{
    _exit(code);
}
