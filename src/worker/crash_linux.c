/* Says in the segment where and why the process ends. Only what is allowed in a signal handler is called. */
#include "platform.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

/* What the handler needs; the system's SIGSTKSZ is too small for the vector state of some processors. */
#define SIGNAL_STACK_SIZE (64u * 1024u)

static struct crash_record *crash;

static uint64_t instruction_of(const ucontext_t *context)
{
#if defined(__x86_64__)
    return (uint64_t)context->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
    return context->uc_mcontext.pc;
#else
    (void)context;
    return 0;
#endif
}

/* One line of /proc/self/maps: START-END PERMISSIONS OFFSET DEVICE INODE PATH */
struct mapping {
    uint64_t start, end, offset;
    const char *path;
};

static uint64_t hexadecimal(const char **at)
{
    uint64_t value = 0;
    for (;; (*at)++) {
        char c = **at;
        if (c >= '0' && c <= '9') {
            value = value * 16 + (uint64_t)(c - '0');
        } else if (c >= 'a' && c <= 'f') {
            value = value * 16 + (uint64_t)(c - 'a' + 10);
        } else {
            return value;
        }
    }
}

static struct mapping parse(const char *line)
{
    struct mapping mapping;
    const char *at = line;
    mapping.start = hexadecimal(&at);
    at += *at == '-';
    mapping.end = hexadecimal(&at);
    at += strlen(at) > 6 ? 6 : strlen(at);
    mapping.offset = hexadecimal(&at);
    mapping.path = strchr(at, '/');
    return mapping;
}

/* The offset is what tools want: from the beginning of the file's first mapping. */
static void find_module(uint64_t address, struct crash_record *record)
{
    static char line[512];
    static char first_path[sizeof line];
    uint64_t first_start = 0;
    char bytes[1024];
    size_t used = 0;
    ssize_t count;
    int maps = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
    if (maps < 0) {
        return;
    }

    while ((count = read(maps, bytes, sizeof bytes)) > 0) {
        for (ssize_t i = 0; i < count; i++) {
            struct mapping mapping;
            if (bytes[i] != '\n') {
                if (used < sizeof line - 1) {
                    line[used++] = bytes[i];
                }

                continue;
            }

            line[used] = 0;
            used = 0;
            mapping = parse(line);
            if (mapping.path != NULL && strcmp(mapping.path, first_path) != 0) {
                strcpy(first_path, mapping.path);
                first_start = mapping.start;
            }

            if (address >= mapping.start && address < mapping.end && mapping.path != NULL) {
                size_t length = strlen(mapping.path);
                size_t skipped = length < sizeof record->module ? 0 : length - (sizeof record->module - 1);
                memcpy(record->module, mapping.path + skipped, length - skipped);
                record->offset = address - first_start;
                close(maps);
                return;
            }
        }
    }

    close(maps);
}

static void handle(int code, siginfo_t *info, void *context)
{
    uint32_t none = CRASH_NONE;
    if (__atomic_compare_exchange_n(&crash->state, &none, CRASH_WRITING, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) {
        const uint32_t *lane = platform_thread_value();
        crash->code = (uint32_t)code;
        crash->lane = lane == NULL ? WORKER_MAX_LANES : *lane;
        crash->address = instruction_of(context);
        crash->access = code == SIGSEGV || code == SIGBUS ? (uintptr_t)info->si_addr : 0;
        find_module(crash->address, crash);
        __atomic_store_n(&crash->state, CRASH_WRITTEN, __ATOMIC_SEQ_CST);
    }

    signal(code, SIG_DFL);
    raise(code);
}

void platform_catch_crashes(struct crash_record *record)
{
    static const int codes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS, SIGTRAP};
    struct sigaction action;
    crash = record;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = handle;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigfillset(&action.sa_mask);
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        sigaction(codes[i], &action, NULL);
    }
}

void platform_prepare_thread_for_crashes(void)
{
    stack_t stack = {.ss_sp = malloc(SIGNAL_STACK_SIZE), .ss_size = SIGNAL_STACK_SIZE, .ss_flags = 0};
    if (stack.ss_sp != NULL) {
        sigaltstack(&stack, NULL);
    }
}
