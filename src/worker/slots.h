/* The control blocks of requests. A slot is used again and again, and its memory is never given back: a module may look at it late. */
#ifndef WORKER_SLOTS_H
#define WORKER_SLOTS_H

#include "message.h"

#include <httpext.h>

/* A variable that travelled with the request. */
struct known_variable {
    const char *name;
    const char *value;
    uint32_t length; /* without the NUL */
};

#define MAX_KNOWN_VARIABLES 32

struct slot {
    EXTENSION_CONTROL_BLOCK block;
    char *strings;
    size_t room;
    struct known_variable variables[MAX_KNOWN_VARIABLES];
    uint32_t variable_count;

    uint64_t connection;
    uint32_t plain;  /* the request has asked for nothing that changes what a later write or variable means */
    uint32_t output; /* a head or body bytes were sent */
};

/* NULL when there is no memory, or no such slot. */
struct slot *slot_at(uint64_t index);

/* The slot of a live or finished request; NULL for a value that is not the latest of any. */
struct slot *slot_of(uint64_t connection);

/* Fills the block from the rest of a JOB_EXTENSION message. */
bool slot_fill(struct slot *slot, uint64_t connection, struct reader *message);

const struct known_variable *slot_variable(const struct slot *slot, const char *name);

#endif
