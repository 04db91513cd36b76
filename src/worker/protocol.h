/*
 * What host and worker share: the layout of the segment and the numbers in it (docs/worker-protocol.md).
 *
 * Every field has a fixed width and its natural alignment, so 32-bit and 64-bit programs see the same bytes. The C# twin is
 * src/IsapiHost/Workers/WorkerProtocol.cs; the tests compare both with the offsets written down here.
 */
#ifndef WORKER_PROTOCOL_H
#define WORKER_PROTOCOL_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#define WORKER_MAGIC 0x4B575349u /* "ISWK" */
#define WORKER_VERSION 1u

#define WORKER_MAX_LANES 512u
#define WORKER_BITMAP_WORDS (WORKER_MAX_LANES / 32u)

/* Where the parts of a lane begin. The host writes the inbound part, the worker the outbound part. */
#define LANE_INBOUND 64u
#define LANE_OUTBOUND 98304u
#define LANE_SIZE 262144u

/* segment_header.worker_waits and host_waits. A waker moves WAITING to SIGNALLED and then sends one byte, so no byte is lost or doubled. */
enum wait_state { WAIT_RUNNING = 0, WAIT_WAITING = 1, WAIT_SIGNALLED = 2 };

enum worker_system { SYSTEM_LINUX = 1, SYSTEM_WINDOWS = 2 };

enum crash_state { CRASH_NONE = 0, CRASH_WRITING = 1, CRASH_WRITTEN = 2 };

struct crash_record {
    uint32_t state;   /* crash_state */
    uint32_t code;    /* the signal, or the exception's code */
    uint32_t lane;    /* the lane whose thread failed; WORKER_MAX_LANES for another thread */
    uint32_t reserved;
    uint64_t address; /* of the instruction */
    uint64_t access;  /* of the memory, where the fault was one of memory */
    uint64_t offset;  /* of the instruction in its module */
    char module[256]; /* its path, cut in front; empty when it lies in none */
};

struct segment_header {
    uint32_t magic;
    uint32_t version;
    uint64_t size;
    uint32_t job_lanes;     /* the first lanes carry jobs of the host */
    uint32_t foreign_lanes; /* the ones after them are taken by threads that modules have begun */
    uint32_t lane_size;
    uint32_t header_size;

    /* Written by the worker before it says ready. */
    uint32_t ready;
    uint32_t pointer_size;
    uint32_t system;
    uint32_t process_id;
    uint32_t unused[4];

    uint32_t worker_waits;
    uint32_t worker_padding[15];
    uint32_t host_waits;
    uint32_t host_padding[15];

    uint32_t jobs[WORKER_BITMAP_WORDS];    /* host to worker: a lane with a job that no thread has taken */
    uint32_t replies[WORKER_BITMAP_WORDS]; /* host to worker: a lane whose thread waits for what has come */
    uint32_t posted[WORKER_BITMAP_WORDS];  /* worker to host: a lane whose records want to be read now */

    struct crash_record crash;
};

struct lane_header {
    uint32_t kind;    /* message_kind of what the host has written */
    uint32_t inbound; /* its length in bytes */
    uint32_t written; /* bytes of records published; the host sets it to 0 when it answers */
    uint32_t unused[13];
};

/* What the host sends in a lane: jobs to a thread that waits for one, and answers to the thread that waits in the lane. */
enum message_kind {
    JOB_LOAD = 1,
    JOB_VERSION = 2,
    JOB_EXTENSION = 3,
    JOB_COMPLETION = 4,
    JOB_TERMINATE = 5,
    JOB_FETCH = 6,
    JOB_STORE = 7,
    JOB_PING = 8,
    ANSWER_RESULT = 16,
    ANSWER_FETCH = 17, /* more of the caller's memory is wanted before there is a result */
    ANSWER_STORE = 18, /* bytes for the caller's memory before there is a result */
};

/* Records of the worker. */
enum record_kind {
    RECORD_VARIABLE = 1,
    RECORD_WRITE = 2,
    RECORD_READ = 3,
    RECORD_SUPPORT = 4,
    RECORD_FLUSH = 5,   /* nothing but: read all that is before it */
    RECORD_RETURN = 16, /* the end of a job: the lane is free */
    RECORD_DATA = 17,   /* what ANSWER_FETCH or ANSWER_STORE asked for is done */
    RECORD_LOST = 18,   /* the job's thread has ended inside the module: the lane is free */
};

#define RECORD_WAITS 1u /* record_header.flags: the thread waits for an answer */

struct record_header {
    uint32_t size; /* with this header; a multiple of 8 */
    uint16_t kind;
    uint16_t flags;
    uint64_t connection;
    uint32_t status; /* dwHttpStatusCode now */
    uint32_t unused[3];
};

/* Messages and records are sequences of values; each begins at a multiple of 8. */
enum value_tag {
    VALUE_NULL = 0,   /* a null pointer; length 0 */
    VALUE_NUMBER = 1, /* 64 bits; length 8 */
    VALUE_BYTES = 2,  /* so many bytes */
    VALUE_MEMORY = 3, /* address and count, of memory that can be fetched; length 16 */
    VALUE_STORE = 4,  /* host to worker: an address and the bytes to be copied there; length 8 and more */
};

struct value_header {
    uint32_t tag;
    uint32_t length;
};

/* Bits of JOB_LOAD's result. */
enum module_exports { EXPORTS_EXTENSION = 1, EXPORTS_FILTER = 2, EXPORTS_TERMINATE_EXTENSION = 4, EXPORTS_TERMINATE_FILTER = 8 };

static_assert(sizeof(struct crash_record) == 296, "crash_record");
static_assert(offsetof(struct crash_record, module) == 40, "crash_record.module");
static_assert(offsetof(struct segment_header, size) == 8, "segment_header.size");
static_assert(offsetof(struct segment_header, ready) == 32, "segment_header.ready");
static_assert(offsetof(struct segment_header, worker_waits) == 64, "segment_header.worker_waits");
static_assert(offsetof(struct segment_header, host_waits) == 128, "segment_header.host_waits");
static_assert(offsetof(struct segment_header, jobs) == 192, "segment_header.jobs");
static_assert(offsetof(struct segment_header, replies) == 256, "segment_header.replies");
static_assert(offsetof(struct segment_header, posted) == 320, "segment_header.posted");
static_assert(offsetof(struct segment_header, crash) == 384, "segment_header.crash");
static_assert(sizeof(struct segment_header) == 680, "segment_header");
static_assert(sizeof(struct lane_header) == LANE_INBOUND, "lane_header");
static_assert(sizeof(struct record_header) == 32, "record_header");
static_assert(offsetof(struct record_header, connection) == 8, "record_header.connection");
static_assert(offsetof(struct record_header, status) == 16, "record_header.status");
static_assert(sizeof(struct value_header) == 8, "value_header");

#endif
