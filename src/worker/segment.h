/* The segment as this process sees it. */
#ifndef WORKER_SEGMENT_H
#define WORKER_SEGMENT_H

#include "protocol.h"

#include <stdbool.h>

struct lane {
    struct lane_header *header;
    unsigned char *inbound;
    unsigned char *outbound;
};

extern struct segment_header *segment;

/* Copied out of the header once, so that no later change of it counts. */
extern uint32_t job_lanes;
extern uint32_t all_lanes;

bool segment_open(const char *path);
struct lane segment_lane(uint32_t index);

/* Takes one set bit, or gives WORKER_MAX_LANES. */
uint32_t bitmap_take_any(uint32_t *bitmap);
bool bitmap_take(uint32_t *bitmap, uint32_t index);
bool bitmap_has(const uint32_t *bitmap, uint32_t index);
bool bitmap_is_empty(const uint32_t *bitmap);
void bitmap_set(uint32_t *bitmap, uint32_t index);

#endif
