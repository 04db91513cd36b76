#include "lanes.h"
#include "platform.h"

struct waiter {
    platform_condition condition;
    bool signalled;
    struct waiter *next; /* among the idle ones */
};

static platform_lock lock = PLATFORM_LOCK_INIT;
static bool leading;
static uint32_t threads;
static struct waiter *idle;
static struct waiter *answered[WORKER_MAX_LANES]; /* by the lane that a thread waits in */
static uint32_t jobs[WORKER_BITMAP_WORDS];        /* taken over from the segment, wanted by no thread yet */
static uint32_t replies[WORKER_BITMAP_WORDS];
static void (*run_job)(uint32_t lane);

static uint32_t foreign_used[WORKER_BITMAP_WORDS];
static platform_condition foreign_freed = PLATFORM_CONDITION_INIT;

_Noreturn static void run(void);

static void signal_waiter(struct waiter *waiter)
{
    waiter->signalled = true;
    platform_condition_signal(&waiter->condition);
}

static bool signal_answered(uint32_t lane)
{
    struct waiter *waiter = answered[lane];
    if (waiter == NULL) {
        return false;
    }

    answered[lane] = NULL;
    signal_waiter(waiter);
    return true;
}

static bool signal_idle(void)
{
    struct waiter *first = idle;
    if (first == NULL) {
        return false;
    }

    idle = first->next;
    signal_waiter(first);
    return true;
}

/* Takes over what the host has signalled. Bits that stayed in the segment would keep the leader from sleeping until their threads run. */
static void collect(void)
{
    for (uint32_t word = 0; word < WORKER_BITMAP_WORDS; word++) {
        uint32_t bits = __atomic_load_n(&segment->jobs[word], __ATOMIC_SEQ_CST);
        if (bits != 0) {
            jobs[word] |= __atomic_exchange_n(&segment->jobs[word], 0, __ATOMIC_SEQ_CST);
        }

        bits = __atomic_load_n(&segment->replies[word], __ATOMIC_SEQ_CST);
        if (bits != 0) {
            bits = __atomic_exchange_n(&segment->replies[word], 0, __ATOMIC_SEQ_CST);
            replies[word] |= bits;
        }

        for (; bits != 0; bits &= bits - 1) {
            signal_answered(word * 32 + (uint32_t)__builtin_ctz(bits));
        }
    }
}

static bool begin_thread(void)
{
    if (threads > job_lanes || !platform_start_thread(run)) {
        return false;
    }

    threads++;
    return true;
}

/*
 * Before a thread leaves its wait, or leads without taking jobs itself: jobs that are left get a thread, which does the same in its turn,
 * and the pipe gets a leader. With no thread at rest one is begun, so that jobs are heard while modules hold all others.
 */
static void hand_over(bool will_lead)
{
    if (!bitmap_is_empty(jobs) && (signal_idle() || begin_thread())) {
        return;
    }

    if (leading || will_lead || signal_idle()) {
        return;
    }

    for (uint32_t index = 0; index < all_lanes; index++) {
        if (signal_answered(index)) {
            return;
        }
    }

    begin_thread();
}

/* The leader's sleep, without the lock. */
static void sleep_until_woken(void)
{
    __atomic_store_n(&segment->worker_waits, WAIT_WAITING, __ATOMIC_SEQ_CST);

    /* Whoever has signalled us sends a byte, and it has to be taken. */
    if ((bitmap_is_empty(segment->jobs) && bitmap_is_empty(segment->replies))
        || __atomic_exchange_n(&segment->worker_waits, WAIT_RUNNING, __ATOMIC_SEQ_CST) == WAIT_SIGNALLED) {
        platform_wait_for_wakeup();
        __atomic_store_n(&segment->worker_waits, WAIT_RUNNING, __ATOMIC_SEQ_CST);
    }
}

/* Waits for the answer in a lane, or, with WORKER_MAX_LANES, for a job; gives the lane. */
static uint32_t wait_turn(uint32_t own)
{
    struct waiter self = {PLATFORM_CONDITION_INIT, false, NULL};
    bool wants_job = own == WORKER_MAX_LANES;
    uint32_t lane = own;

    platform_lock_enter(&lock);
    for (;;) {
        collect();
        if (wants_job ? (lane = bitmap_take_any(jobs)) < WORKER_MAX_LANES : bitmap_take(replies, own)) {
            break;
        }

        if (!leading) {
            hand_over(true);
            leading = true;
            platform_lock_leave(&lock);
            sleep_until_woken();
            platform_lock_enter(&lock);
            leading = false;
            continue;
        }

        self.signalled = false;
        if (wants_job) {
            self.next = idle;
            idle = &self;
        } else {
            answered[own] = &self;
        }

        while (!self.signalled) {
            platform_condition_wait(&self.condition, &lock);
        }
    }

    hand_over(false);
    platform_lock_leave(&lock);
    return lane;
}

_Noreturn static void run(void)
{
    platform_prepare_thread_for_crashes();
    for (;;) {
        uint32_t lane = wait_turn(WORKER_MAX_LANES);
        if (lane < job_lanes) {
            run_job(lane);
        }
    }
}

_Noreturn void lanes_run(void (*job)(uint32_t lane))
{
    run_job = job;
    threads = 1;
    run();
}

void lanes_post(uint32_t lane)
{
    uint32_t waiting = WAIT_WAITING;
    bitmap_set(segment->posted, lane);
    if (__atomic_compare_exchange_n(&segment->host_waits, &waiting, WAIT_SIGNALLED, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) {
        platform_wake_host();
    }
}

void lanes_exchange(uint32_t lane)
{
    lanes_post(lane);
    wait_turn(lane);
}

uint32_t lanes_borrow(void)
{
    uint32_t index;
    platform_lock_enter(&lock);
    for (;;) {
        for (index = job_lanes; index < all_lanes && bitmap_has(foreign_used, index); index++) {
        }

        if (index < all_lanes) {
            break;
        }

        platform_condition_wait(&foreign_freed, &lock);
    }

    bitmap_set(foreign_used, index);
    platform_lock_leave(&lock);
    return index;
}

void lanes_give_back(uint32_t lane)
{
    platform_lock_enter(&lock);
    bitmap_take(foreign_used, lane);
    platform_condition_signal(&foreign_freed);
    platform_lock_leave(&lock);
}

void lanes_thread_lost(void)
{
    platform_lock_enter(&lock);
    threads--;
    hand_over(false);
    platform_lock_leave(&lock);
}
