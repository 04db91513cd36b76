/*
 * A worker that does not keep to the protocol: liar HOW SEED SEGMENT. It says that it is ready, and then, for each wake-up,
 *
 *   random    publishes random bytes as records
 *   mutated   publishes a record that was right before one of its bytes was changed
 *   length    publishes more bytes than a lane has
 *   lanes     posts lanes that do not exist
 *   changing  publishes a right record and changes it all the time while it is read
 *   endless   answers, and posts all the time
 *   silent    does nothing at all; with "late" it is not ready either
 */
#include "../../../src/worker/protocol.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static struct segment_header *segment;
static uint64_t state;

static uint32_t next(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33);
}

static unsigned char *lane_at(uint32_t index)
{
    return (unsigned char *)segment + segment->header_size + (size_t)index * LANE_SIZE;
}

static void post(uint32_t lane)
{
    uint32_t waiting = WAIT_WAITING;
    __atomic_fetch_or(&segment->posted[lane / 32], 1u << (lane % 32), __ATOMIC_SEQ_CST);
    if (__atomic_compare_exchange_n(&segment->host_waits, &waiting, WAIT_SIGNALLED, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)
        && write(STDOUT_FILENO, "", 1) < 0) {
        _exit(0);
    }
}

static void publish(uint32_t lane, uint32_t bytes)
{
    struct lane_header *header = (struct lane_header *)lane_at(lane);
    __atomic_store_n(&header->written, bytes, __ATOMIC_RELEASE);
}

/* A call to write eight bytes, with the values that it has. */
static uint32_t right_record(uint32_t lane, uint16_t kind)
{
    unsigned char *at = lane_at(lane) + LANE_OUTBOUND;
    struct record_header header = {sizeof header + 4 * 16 + 16, kind, RECORD_WAITS, 1, 200, {0}};
    struct value_header number = {VALUE_NUMBER, 8}, bytes = {VALUE_BYTES, 8};
    memcpy(at, &header, sizeof header);
    at += sizeof header;
    for (int i = 0; i < 4; i++, at += 16) {
        uint64_t value = 8;
        memcpy(at, &number, sizeof number);
        memcpy(at + 8, &value, sizeof value);
    }

    memcpy(at, &bytes, sizeof bytes);
    memcpy(at + 8, "12345678", 8);
    return header.size;
}

static void lie(const char *how, uint32_t lane)
{
    unsigned char *out = lane_at(lane) + LANE_OUTBOUND;
    uint32_t size;
    if (strcmp(how, "random") == 0) {
        size = next() % 4096 & ~7u;
        for (uint32_t i = 0; i < size; i++) {
            out[i] = (unsigned char)next();
        }

        publish(lane, size);
    } else if (strcmp(how, "mutated") == 0) {
        size = right_record(lane, RECORD_WRITE);
        out[next() % size] ^= (unsigned char)(1 + next() % 255);
        publish(lane, size);
    } else if (strcmp(how, "length") == 0) {
        publish(lane, LANE_SIZE + next() % 1000000);
    } else if (strcmp(how, "lanes") == 0) {
        lane = 300 + next() % 200;
    } else {
        publish(lane, right_record(lane, RECORD_WRITE));
    }

    post(lane);
    if (strcmp(how, "changing") == 0) {
        for (int i = 0; i < 2000000; i++) {
            out[next() % 112] = (unsigned char)next();
        }
    }
}

int main(int count, char **arguments)
{
    struct stat about;
    int file = count == 4 ? open(arguments[3], O_RDWR) : -1;
    if (file < 0 || fstat(file, &about) != 0) {
        return 2;
    }

    segment = mmap(NULL, (size_t)about.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (segment == MAP_FAILED) {
        return 2;
    }

    state = strtoull(arguments[2], NULL, 10) * 2654435761u + 1;
    if (strcmp(arguments[1], "late") != 0) {
        segment->pointer_size = 8;
        segment->system = SYSTEM_LINUX;
        __atomic_store_n(&segment->ready, 1, __ATOMIC_SEQ_CST);
        if (write(STDOUT_FILENO, "", 1) < 0) {
            return 0;
        }
    }

    segment->worker_waits = WAIT_WAITING;
    for (;;) {
        char byte;
        if (read(STDIN_FILENO, &byte, 1) <= 0) {
            return 0;
        }

        segment->worker_waits = WAIT_WAITING;
        if (strcmp(arguments[1], "silent") != 0 && strcmp(arguments[1], "late") != 0) {
            struct pollfd host = {STDIN_FILENO, 0, 0};
            do {
                lie(arguments[1], 0);
            } while (strcmp(arguments[1], "endless") == 0 && poll(&host, 1, 0) == 0);
        }
    }
}
