/*
 * Who runs and who waits.
 *
 * Threads wait for two things: for a job, in any lane, and for the answer in their own lane. One of the waiting threads, the leader, sleeps
 * on the wake-up pipe; the others sleep on conditions of their own. Whoever leaves the leader's place gives it to another first, so the
 * host is heard as long as there is a thread that waits. Nobody spins.
 */
#ifndef WORKER_LANES_H
#define WORKER_LANES_H

#include "segment.h"

/* Runs jobs until the program ends. */
_Noreturn void lanes_run(void (*job)(uint32_t lane));

/* Tells the host that the lane's records want to be read, and waits for its answer. */
void lanes_exchange(uint32_t lane);

/* Tells the host without waiting. */
void lanes_post(uint32_t lane);

/* A lane for a thread that has none, taken back with the second. Waits while there is none free. */
uint32_t lanes_borrow(void);
void lanes_give_back(uint32_t lane);

/* A thread of ours has ended inside a module. */
void lanes_thread_lost(void);

#endif
