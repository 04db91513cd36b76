#include "message.h"

#define ALIGNED(length) (((length) + 7u) & ~(size_t)7u)
#define OUTBOUND_SIZE (LANE_SIZE - LANE_OUTBOUND)

struct reader message_read(uint32_t lane)
{
    struct lane place = segment_lane(lane);
    uint32_t length = __atomic_load_n(&place.header->inbound, __ATOMIC_ACQUIRE);
    if (length > LANE_OUTBOUND - LANE_INBOUND) {
        length = 0;
    }

    return (struct reader){place.inbound, place.inbound + length};
}

static const unsigned char *next_value(struct reader *reader, struct value_header *header)
{
    const unsigned char *start;
    size_t left = (size_t)(reader->end - reader->at);
    if (left < sizeof *header) {
        return NULL;
    }

    memcpy(header, reader->at, sizeof *header);
    if (header->length > left - sizeof *header) {
        reader->at = reader->end;
        return NULL;
    }

    start = reader->at + sizeof *header;
    left -= sizeof *header;
    reader->at = ALIGNED(header->length) > left ? reader->end : start + ALIGNED(header->length);
    return start;
}

uint64_t read_number(struct reader *reader)
{
    struct value_header header;
    const unsigned char *value = next_value(reader, &header);
    uint64_t number = 0;
    if (value != NULL && header.tag == VALUE_NUMBER && header.length == sizeof number) {
        memcpy(&number, value, sizeof number);
    }

    return number;
}

const unsigned char *read_bytes(struct reader *reader, uint32_t *length)
{
    struct value_header header;
    const unsigned char *value = next_value(reader, &header);
    bool some = value != NULL && header.tag == VALUE_BYTES;
    *length = some ? header.length : 0;
    return some ? value : NULL;
}

bool read_store(struct reader *reader)
{
    struct value_header header;
    const unsigned char *value = next_value(reader, &header);
    uint64_t address;
    if (value == NULL || header.tag != VALUE_STORE || header.length < sizeof address) {
        return false;
    }

    memcpy(&address, value, sizeof address);
    memcpy((void *)(uintptr_t)address, value + sizeof address, header.length - sizeof address);
    return true;
}

struct record record_begin(uint32_t lane, enum record_kind kind, uint64_t connection, uint32_t status)
{
    struct lane place = segment_lane(lane);
    struct record record = {lane, place.header->written, place.header->written, false};
    struct record_header header = {0, (uint16_t)kind, 0, connection, status, {0}};
    if (record.start > OUTBOUND_SIZE - sizeof header) {
        record.full = true;
        return record;
    }

    memcpy(place.outbound + record.start, &header, sizeof header);
    record.at += (uint32_t)sizeof header;
    return record;
}

static unsigned char *add_value(struct record *record, enum value_tag tag, size_t length)
{
    struct value_header header = {tag, (uint32_t)length};
    unsigned char *start = segment_lane(record->lane).outbound + record->at;
    if (record->full || length > record_room(record)) {
        record->full = true;
        return NULL;
    }

    memcpy(start, &header, sizeof header);
    record->at += (uint32_t)(sizeof header + ALIGNED(length));
    return start + sizeof header;
}

size_t record_room(const struct record *record)
{
    size_t left = record->full ? 0 : OUTBOUND_SIZE - record->at;
    return left < sizeof(struct value_header) + 8 ? 0 : (left - sizeof(struct value_header)) & ~(size_t)7u;
}

void write_null(struct record *record)
{
    add_value(record, VALUE_NULL, 0);
}

void write_number(struct record *record, uint64_t number)
{
    unsigned char *place = add_value(record, VALUE_NUMBER, sizeof number);
    if (place != NULL) {
        memcpy(place, &number, sizeof number);
    }
}

unsigned char *write_room(struct record *record, size_t length)
{
    return add_value(record, VALUE_BYTES, length);
}

void write_bytes(struct record *record, const void *bytes, size_t length)
{
    unsigned char *place;
    if (bytes == NULL) {
        write_null(record);
        return;
    }

    place = add_value(record, VALUE_BYTES, length);
    if (place != NULL) {
        memcpy(place, bytes, length);
    }
}

void write_memory(struct record *record, const void *address, uint64_t length)
{
    uint64_t range[2] = {(uintptr_t)address, length};
    unsigned char *place = add_value(record, VALUE_MEMORY, sizeof range);
    if (place != NULL) {
        memcpy(place, range, sizeof range);
    }
}

void write_text(struct record *record, const char *text, size_t limit)
{
    write_bytes(record, text, text == NULL ? 0 : strnlen(text, limit));
}

void write_wide_text(struct record *record, const void *text, size_t limit)
{
    size_t count = 0;
    const unsigned char *bytes = text;
    while (bytes != NULL && count < limit && (bytes[count * 2] | bytes[count * 2 + 1]) != 0) {
        count++;
    }

    write_bytes(record, text, count * 2);
}

bool record_end(struct record *record, bool waits)
{
    struct lane place = segment_lane(record->lane);
    uint32_t size = record->at - record->start;
    uint16_t flags = waits ? RECORD_WAITS : 0;
    if (record->full) {
        return false;
    }

    memcpy(place.outbound + record->start + offsetof(struct record_header, size), &size, sizeof size);
    memcpy(place.outbound + record->start + offsetof(struct record_header, flags), &flags, sizeof flags);
    __atomic_store_n(&place.header->written, record->at, __ATOMIC_RELEASE);
    return true;
}
