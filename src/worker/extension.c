#include "extension.h"
#include "calls.h"
#include "modules.h"
#include "platform.h"
#include "support.h"

/* Writes of more bytes than this are never left for later. */
#define MAX_DEFERRED 32768u

/* Writes up to this size travel in the record, larger ones are fetched. */
#define MAX_INLINE 131072u

struct arguments {
    const void *buffer;
    const DWORD *size;
    const char *name;
    DWORD code;
    const DWORD *type;
};

static void fill_variable(struct record *record, const void *of)
{
    const struct arguments *arguments = of;
    write_number(record, (uintptr_t)arguments->buffer);
    write_number(record, (uintptr_t)arguments->size);
    write_number(record, arguments->size == NULL ? 0 : *arguments->size);
    write_text(record, arguments->name, SUPPORT_MAX_NAME + 1);
}

static BOOL WINAPI get_server_variable(HCONN connection, LPSTR name, LPVOID buffer, LPDWORD size)
{
    struct arguments arguments = {buffer, size, name, 0, NULL};
    struct call call;
    struct slot *slot = slot_of((uintptr_t)connection);
    if (slot != NULL && slot->plain && name != NULL && size != NULL) {
        const struct known_variable *known = slot_variable(slot, name);
        if (known != NULL) {
            DWORD room = buffer == NULL ? 0 : *size;
            *size = known->length + 1;
            if (room <= known->length) {
                platform_set_last_error(122 /* ERROR_INSUFFICIENT_BUFFER */);
                return FALSE;
            }

            memcpy(buffer, known->value, (size_t)known->length + 1);
            return TRUE;
        }
    }

    call = call_begin(RECORD_VARIABLE, connection);
    return call_send(&call, false, fill_variable, &arguments);
}

static void fill_write(struct record *record, const void *of)
{
    const struct arguments *arguments = of;
    DWORD size = arguments->size == NULL ? 0 : *arguments->size;
    write_number(record, arguments->code);
    write_number(record, (uintptr_t)arguments->buffer);
    write_number(record, (uintptr_t)arguments->size);
    write_number(record, size);
    if (arguments->buffer == NULL || size <= MAX_INLINE) {
        write_bytes(record, arguments->buffer, size);
    } else {
        write_memory(record, arguments->buffer, size);
    }
}

static BOOL WINAPI write_client(HCONN connection, LPVOID buffer, LPDWORD size, DWORD flags)
{
    struct arguments arguments = {buffer, size, NULL, flags, NULL};
    struct call call = call_begin(RECORD_WRITE, connection);
    bool deferred = call_can_wait(&call) && size != NULL && *size <= MAX_DEFERRED && buffer != NULL && (flags & HSE_IO_ASYNC) == 0;
    if (call.slot != NULL) {
        call.slot->output = 1;
    }

    return call_send(&call, deferred, fill_write, &arguments);
}

static void fill_read(struct record *record, const void *of)
{
    const struct arguments *arguments = of;
    write_number(record, (uintptr_t)arguments->buffer);
    write_number(record, (uintptr_t)arguments->size);
    write_number(record, arguments->size == NULL ? 0 : *arguments->size);
}

static BOOL WINAPI read_client(HCONN connection, LPVOID buffer, LPDWORD size)
{
    struct arguments arguments = {buffer, size, NULL, 0, NULL};
    struct call call = call_begin(RECORD_READ, connection);
    return call_send(&call, false, fill_read, &arguments);
}

static void fill_support(struct record *record, const void *of)
{
    const struct arguments *arguments = of;
    support_write(record, arguments->code, arguments->buffer, arguments->size, arguments->type);
}

static BOOL WINAPI server_support_function(HCONN connection, DWORD code, LPVOID buffer, LPDWORD size, LPDWORD type)
{
    struct arguments arguments = {buffer, size, NULL, code, type};
    struct call call = call_begin(RECORD_SUPPORT, connection);
    bool deferred = false;
    if (call.slot != NULL) {
        bool first = !call.slot->output;
        deferred = first && support_is_head(code, buffer) && call_can_wait(&call);
        if (deferred) {
            call.slot->output = 1;
        } else if (!support_only_asks(code)) {
            call.slot->plain = 0;
        }
    }

    return call_send(&call, deferred, fill_support, &arguments);
}

void extension_set_callbacks(EXTENSION_CONTROL_BLOCK *block)
{
    block->GetServerVariable = get_server_variable;
    block->WriteClient = write_client;
    block->ReadClient = read_client;
    block->ServerSupportFunction = server_support_function;
}

struct outcome {
    uint64_t connection;
    uint32_t result;
};

static void fill_outcome(struct record *record, const void *of)
{
    const struct outcome *outcome = of;
    const struct slot *slot = slot_of(outcome->connection);
    write_number(record, outcome->result);
    write_text(record, slot == NULL ? "" : slot->block.lpszLogData, HSE_LOG_BUFFER_LEN);
}

void extension_run(uint32_t lane, struct reader *message)
{
    struct slot *slot = slot_at(read_number(message));
    const struct module *module = module_at(read_number(message));
    struct outcome outcome = {read_number(message), HSE_STATUS_ERROR};
    struct thread_state state;

    if (slot != NULL && module != NULL && module->extension_proc != NULL && slot_fill(slot, outcome.connection, message)) {
        calls_enter_job(lane, outcome.connection);
        platform_enter_module(&state);
        outcome.result = module->extension_proc(&slot->block);
        platform_leave_module(&state);
        calls_leave_job();
    }

    calls_return(lane, outcome.connection, fill_outcome, &outcome);
}

void extension_complete(uint32_t lane, struct reader *message)
{
    struct slot *slot = slot_at(read_number(message));
    struct outcome outcome = {read_number(message), 0};
    PFN_HSE_IO_COMPLETION completion = (PFN_HSE_IO_COMPLETION)(uintptr_t)read_number(message);
    PVOID context = (PVOID)(uintptr_t)read_number(message);
    DWORD count = (DWORD)read_number(message);
    DWORD error = (DWORD)read_number(message);
    struct thread_state state;

    if (slot != NULL && completion != NULL) {
        calls_enter_job(lane, outcome.connection);
        platform_enter_module(&state);
        completion(&slot->block, context, count, error);
        platform_leave_module(&state);
        calls_leave_job();
    }

    calls_return(lane, outcome.connection, fill_outcome, &outcome);
}
