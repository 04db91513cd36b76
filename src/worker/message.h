/* Values, one behind the other: in the messages of the host, which are read, and in the records of the worker, which are written. */
#ifndef WORKER_MESSAGE_H
#define WORKER_MESSAGE_H

#include "segment.h"

#include <string.h>

struct reader {
    const unsigned char *at;
    const unsigned char *end;
};

struct reader message_read(uint32_t lane);

uint64_t read_number(struct reader *reader);

/* The bytes, in place; NULL and 0 for a null pointer. */
const unsigned char *read_bytes(struct reader *reader, uint32_t *length);

/* A store of the host is carried out; false at the end of the message. */
bool read_store(struct reader *reader);

/* One record. It is published as a whole by record_end; one that found no room is not, and says false. */
struct record {
    uint32_t lane;
    uint32_t start;
    uint32_t at;
    bool full;
};

struct record record_begin(uint32_t lane, enum record_kind kind, uint64_t connection, uint32_t status);
void write_null(struct record *record);
void write_number(struct record *record, uint64_t number);
void write_bytes(struct record *record, const void *bytes, size_t length);
void write_memory(struct record *record, const void *address, uint64_t length);

/* So many bytes that the caller fills; NULL when there is no room. */
unsigned char *write_room(struct record *record, size_t length);

/* A string up to its NUL, at most limit bytes of it; NULL for none. */
void write_text(struct record *record, const char *text, size_t limit);
void write_wide_text(struct record *record, const void *text, size_t limit);

bool record_end(struct record *record, bool waits);

/* What a record can still take. */
size_t record_room(const struct record *record);

#endif
