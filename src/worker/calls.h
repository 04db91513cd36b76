/* A call of a module into the server: a record in the lane of the calling thread, and the server's answer. */
#ifndef WORKER_CALLS_H
#define WORKER_CALLS_H

#include "slots.h"

struct call {
    enum record_kind kind;
    uint64_t connection;
    struct slot *slot; /* NULL for a connection that is none */
    uint32_t lane;
    bool borrowed; /* the lane: the thread is none of ours */
};

/* What a job leaves for the calls of its thread. */
void calls_enter_job(uint32_t lane, uint64_t connection);
void calls_leave_job(void);

/* Called by the system when a thread of a job ends inside the module. */
void calls_thread_ended(void *job);

struct call call_begin(enum record_kind kind, HCONN connection);

/* Whether the call may be left for later: it is made by the job of its own request, which has done nothing unusual. */
bool call_can_wait(const struct call *call);

/* Writes the record by fill, which may be called twice. Deferred: TRUE at once. Else the server's answer: TRUE, or FALSE and the last error. */
BOOL call_send(struct call *call, bool deferred, void (*fill)(struct record *record, const void *arguments), const void *arguments);

/* A call that is answered here. */
BOOL call_answer(struct call *call, uint32_t error);

/* Ends a job. */
void calls_return(uint32_t lane, uint64_t connection, void (*fill)(struct record *record, const void *arguments), const void *arguments);

#endif
