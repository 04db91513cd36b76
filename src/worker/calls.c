#include "calls.h"
#include "lanes.h"
#include "platform.h"

/* What a record leaves free, so that a flush or the end of the thread can always be said. */
#define RESERVE (4 * sizeof(struct record_header))

struct job {
    uint32_t lane;
    uint64_t connection;
};

static struct job running[WORKER_MAX_LANES];

void calls_enter_job(uint32_t lane, uint64_t connection)
{
    running[lane] = (struct job){lane, connection};
    platform_set_thread_value(&running[lane]);
}

void calls_leave_job(void)
{
    platform_set_thread_value(NULL);
}

static void fill_nothing(struct record *record, const void *arguments)
{
    (void)record;
    (void)arguments;
}

void calls_thread_ended(void *value)
{
    const struct job *job = value;
    struct record record = record_begin(job->lane, RECORD_LOST, job->connection, 0);
    record_end(&record, false); /* every record leaves room for this one */
    lanes_post(job->lane);
    lanes_thread_lost();
}

struct call call_begin(enum record_kind kind, HCONN connection)
{
    struct call call = {kind, (uintptr_t)connection, slot_of((uintptr_t)connection), 0, false};
    const struct job *job = platform_thread_value();
    call.borrowed = job == NULL;
    call.lane = call.borrowed ? lanes_borrow() : job->lane;
    return call;
}

bool call_can_wait(const struct call *call)
{
    return !call->borrowed && call->slot != NULL && call->slot->plain && running[call->lane].connection == call->connection;
}

/* Reads and writes the caller's memory as the server wants it, until there is a result. */
static uint32_t wait_for_result(uint32_t lane)
{
    for (;;) {
        struct reader message;
        struct record record;
        uint64_t address, length;
        unsigned char *room;
        uint32_t kind, error;

        lanes_exchange(lane);
        message = message_read(lane);
        kind = segment_lane(lane).header->kind;
        switch (kind) {
        case ANSWER_RESULT:
            error = (uint32_t)read_number(&message);
            while (read_store(&message)) {
            }

            return error;
        case ANSWER_FETCH:
            address = read_number(&message);
            length = read_number(&message);
            record = record_begin(lane, RECORD_DATA, 0, 0);
            room = write_room(&record, (size_t)length);
            if (room != NULL) {
                memcpy(room, (const void *)(uintptr_t)address, (size_t)length);
            }

            break;
        case ANSWER_STORE:
            while (read_store(&message)) {
            }

            record = record_begin(lane, RECORD_DATA, 0, 0);
            break;
        default:
            platform_exit(3);
        }

        if (!record_end(&record, true)) {
            platform_exit(3);
        }
    }
}

static struct record begin(const struct call *call)
{
    return record_begin(call->lane, call->kind, call->connection, call->slot == NULL ? 0 : call->slot->block.dwHttpStatusCode);
}

/* Has the server read what was left for later. */
static void flush(uint32_t lane)
{
    struct record record = record_begin(lane, RECORD_FLUSH, 0, 0);
    record_end(&record, true); /* every record leaves room for this one */
    wait_for_result(lane);
}

/* True when the record is written; it waits unless it is deferred. */
static bool write_record(const struct call *call, bool deferred, void (*fill)(struct record *, const void *), const void *arguments)
{
    struct record record = begin(call);
    fill(&record, arguments);
    record.full = record.full || record_room(&record) < RESERVE;
    if (record.full && record.start > 0) {
        flush(call->lane);
        record = begin(call);
        fill(&record, arguments);
        record.full = record.full || record_room(&record) < RESERVE;
    }

    return record_end(&record, !deferred);
}

BOOL call_answer(struct call *call, uint32_t error)
{
    if (call->borrowed) {
        lanes_give_back(call->lane);
    }

    if (error == 0) {
        return TRUE;
    }

    platform_set_last_error(error);
    return FALSE;
}

BOOL call_send(struct call *call, bool deferred, void (*fill)(struct record *, const void *), const void *arguments)
{
    if (!write_record(call, deferred, fill, arguments)) {
        return call_answer(call, 8 /* ERROR_NOT_ENOUGH_MEMORY */);
    }

    return call_answer(call, deferred ? 0 : wait_for_result(call->lane));
}

void calls_return(uint32_t lane, uint64_t connection, void (*fill)(struct record *, const void *), const void *arguments)
{
    struct call call = {RECORD_RETURN, connection, slot_of(connection), lane, false};
    if (!write_record(&call, true, fill == NULL ? fill_nothing : fill, arguments)) {
        platform_exit(3);
    }

    lanes_post(lane);
}
