/* isapihost-worker SEGMENT: runs ISAPI modules for a host. docs/worker-protocol.md says what the two say to each other. */
#include "calls.h"
#include "extension.h"
#include "lanes.h"
#include "modules.h"
#include "platform.h"

#include <stdio.h>

static void fill_fetched(struct record *record, const void *of)
{
    const uint64_t *range = of;
    unsigned char *room = write_room(record, (size_t)range[1]);
    if (room != NULL) {
        memcpy(room, (const void *)(uintptr_t)range[0], (size_t)range[1]);
    }
}

static void run_job(uint32_t lane)
{
    struct reader message = message_read(lane);
    uint64_t range[2];
    switch (segment_lane(lane).header->kind) {
    case JOB_LOAD:
        modules_load(lane, &message);
        break;
    case JOB_VERSION:
        modules_version(lane, &message);
        break;
    case JOB_EXTENSION:
        extension_run(lane, &message);
        break;
    case JOB_COMPLETION:
        extension_complete(lane, &message);
        break;
    case JOB_TERMINATE:
        modules_terminate(lane, &message);
        break;
    case JOB_FETCH:
        range[0] = read_number(&message);
        range[1] = read_number(&message);
        calls_return(lane, 0, fill_fetched, range);
        break;
    case JOB_STORE:
        while (read_store(&message)) {
        }

        calls_return(lane, 0, NULL, NULL);
        break;
    case JOB_PING:
        calls_return(lane, 0, NULL, NULL);
        break;
    default:
        platform_exit(3);
    }
}

int worker_main(int count, char **arguments)
{
    if (count != 2) {
        fputs("isapihost-worker is started by isapihost.\n", stderr);
        return 2;
    }

    if (!segment_open(arguments[1])) {
        fprintf(stderr, "isapihost-worker: %s is no segment of a host of this version.\n", arguments[1]);
        return 2;
    }

    if (!platform_begin_wakeups()) {
        fputs("isapihost-worker: the pipes to the host cannot be used.\n", stderr);
        return 2;
    }

    platform_watch_thread_end(calls_thread_ended);
    platform_catch_crashes(&segment->crash);
    segment->pointer_size = sizeof(void *);
#ifdef _WIN32
    segment->system = SYSTEM_WINDOWS;
#else
    segment->system = SYSTEM_LINUX;
#endif
    segment->process_id = platform_process_id();
    __atomic_store_n(&segment->ready, 1, __ATOMIC_SEQ_CST);
    platform_wake_host();
    lanes_run(run_job);
}
