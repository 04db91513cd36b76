#include "segment.h"
#include "platform.h"

struct segment_header *segment;
uint32_t job_lanes;
uint32_t all_lanes;

bool segment_open(const char *path)
{
    uint64_t size = 0;
    struct segment_header *header = platform_map(path, &size);
    uint64_t lanes;

    if (header == NULL || header->magic != WORKER_MAGIC || header->version != WORKER_VERSION || header->lane_size != LANE_SIZE
        || header->header_size < sizeof *header || header->size > size) {
        return false;
    }

    lanes = (uint64_t)header->job_lanes + header->foreign_lanes;
    if (header->job_lanes == 0 || header->foreign_lanes == 0 || lanes > WORKER_MAX_LANES
        || header->header_size + lanes * LANE_SIZE > header->size) {
        return false;
    }

    segment = header;
    job_lanes = header->job_lanes;
    all_lanes = (uint32_t)lanes;
    return true;
}

struct lane segment_lane(uint32_t index)
{
    unsigned char *start = (unsigned char *)segment + segment->header_size + (size_t)index * LANE_SIZE;
    return (struct lane){(struct lane_header *)start, start + LANE_INBOUND, start + LANE_OUTBOUND};
}

uint32_t bitmap_take_any(uint32_t *bitmap)
{
    for (uint32_t word = 0; word < WORKER_BITMAP_WORDS; word++) {
        uint32_t bits;
        while ((bits = __atomic_load_n(&bitmap[word], __ATOMIC_SEQ_CST)) != 0) {
            uint32_t index = word * 32 + (uint32_t)__builtin_ctz(bits);
            if (bitmap_take(bitmap, index)) {
                return index;
            }
        }
    }

    return WORKER_MAX_LANES;
}

bool bitmap_take(uint32_t *bitmap, uint32_t index)
{
    uint32_t bit = 1u << (index % 32);
    return (__atomic_fetch_and(&bitmap[index / 32], ~bit, __ATOMIC_SEQ_CST) & bit) != 0;
}

bool bitmap_has(const uint32_t *bitmap, uint32_t index)
{
    return (__atomic_load_n(&bitmap[index / 32], __ATOMIC_SEQ_CST) & (1u << (index % 32))) != 0;
}

bool bitmap_is_empty(const uint32_t *bitmap)
{
    for (uint32_t word = 0; word < WORKER_BITMAP_WORDS; word++) {
        if (__atomic_load_n(&bitmap[word], __ATOMIC_SEQ_CST) != 0) {
            return false;
        }
    }

    return true;
}

void bitmap_set(uint32_t *bitmap, uint32_t index)
{
    __atomic_fetch_or(&bitmap[index / 32], 1u << (index % 32), __ATOMIC_SEQ_CST);
}
