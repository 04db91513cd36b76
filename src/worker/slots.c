#include "slots.h"
#include "extension.h"

#include <stdlib.h>

#define SLOTS_PER_CHUNK 1024u
#define CHUNKS 1024u

static struct slot *chunks[CHUNKS];

struct slot *slot_at(uint64_t index)
{
    struct slot *chunk;
    if (index >= (uint64_t)CHUNKS * SLOTS_PER_CHUNK) {
        return NULL;
    }

    chunk = __atomic_load_n(&chunks[index / SLOTS_PER_CHUNK], __ATOMIC_ACQUIRE);
    if (chunk == NULL) {
        struct slot *fresh = calloc(SLOTS_PER_CHUNK, sizeof *fresh);
        if (fresh == NULL) {
            return NULL;
        }

        if (__atomic_compare_exchange_n(&chunks[index / SLOTS_PER_CHUNK], &chunk, fresh, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
            chunk = fresh;
        } else {
            free(fresh);
        }
    }

    return &chunk[index % SLOTS_PER_CHUNK];
}

/* The low half of a connection is its slot's number and one. */
struct slot *slot_of(uint64_t connection)
{
    uint64_t index = (connection & (sizeof(void *) == 8 ? 0xFFFFFFFFu : 0xFFFFu)) - 1;
    struct slot *chunk = index < (uint64_t)CHUNKS * SLOTS_PER_CHUNK ? __atomic_load_n(&chunks[index / SLOTS_PER_CHUNK], __ATOMIC_ACQUIRE) : NULL;
    struct slot *slot = chunk == NULL ? NULL : &chunk[index % SLOTS_PER_CHUNK];
    return slot != NULL && slot->connection == connection ? slot : NULL;
}

static char *add(struct slot *slot, size_t *used, const unsigned char *bytes, uint32_t length)
{
    char *start = slot->strings + *used;
    if (length > 0) {
        memcpy(start, bytes, length);
    }

    start[length] = 0;
    *used += (size_t)length + 1;
    return start;
}

static char *next(struct slot *slot, size_t *used, struct reader *message, uint32_t *length)
{
    const unsigned char *bytes = read_bytes(message, length);
    return add(slot, used, bytes, *length);
}

bool slot_fill(struct slot *slot, uint64_t connection, struct reader *message)
{
    EXTENSION_CONTROL_BLOCK *block = &slot->block;
    size_t used = 0, needed = (size_t)(message->end - message->at) + 64;
    uint32_t length, variables;

    if (slot->room < needed) {
        size_t room = 1024;
        char *strings;
        while (room < needed) {
            room *= 2;
        }

        /* The old one stays: a module may still look at its last request. */
        strings = malloc(room);
        if (strings == NULL) {
            return false;
        }

        slot->strings = strings;
        slot->room = room;
    }

    block->cbSize = sizeof *block;
    block->dwVersion = (DWORD)read_number(message);
    block->ConnID = (HCONN)(uintptr_t)connection;
    block->dwHttpStatusCode = 200;
    memset(block->lpszLogData, 0, sizeof block->lpszLogData);
    slot->connection = connection;
    slot->output = 0;
    slot->plain = read_number(message) != 0;
    block->cbTotalBytes = (DWORD)read_number(message);
    block->lpszMethod = next(slot, &used, message, &length);
    block->lpszQueryString = next(slot, &used, message, &length);
    block->lpszPathInfo = next(slot, &used, message, &length);
    block->lpszPathTranslated = next(slot, &used, message, &length);
    block->lpszContentType = next(slot, &used, message, &length);
    block->lpbData = (LPBYTE)next(slot, &used, message, &length);
    block->cbAvailable = length;
    extension_set_callbacks(block);

    variables = (uint32_t)read_number(message);
    slot->variable_count = 0;
    while (slot->variable_count < variables && slot->variable_count < MAX_KNOWN_VARIABLES) {
        struct known_variable *variable = &slot->variables[slot->variable_count++];
        variable->name = next(slot, &used, message, &length);
        variable->value = next(slot, &used, message, &variable->length);
    }

    return true;
}

static bool same_name(const char *left, const char *right)
{
    for (;; left++, right++) {
        unsigned char a = (unsigned char)*left, b = (unsigned char)*right;
        if (a >= 'a' && a <= 'z') {
            a = (unsigned char)(a - 32);
        }

        if (b >= 'a' && b <= 'z') {
            b = (unsigned char)(b - 32);
        }

        if (a != b) {
            return false;
        }

        if (a == 0) {
            return true;
        }
    }
}

const struct known_variable *slot_variable(const struct slot *slot, const char *name)
{
    for (uint32_t index = 0; index < slot->variable_count; index++) {
        if (same_name(slot->variables[index].name, name)) {
            return &slot->variables[index];
        }
    }

    return NULL;
}
