/* Says in the segment where and why the process ends, and ends it: without that a stack overflow under Wine 8 ends its thread only. */
#include "platform.h"

#include <string.h>

/* Room for the handlers on a stack that has overflowed. */
#define STACK_GUARANTEE (32u * 1024u)

static struct crash_record *crash;

static void find_module(const void *address, struct crash_record *record)
{
    MEMORY_BASIC_INFORMATION region;
    if (VirtualQuery(address, &region, sizeof region) == 0 || region.AllocationBase == NULL || region.Type != MEM_IMAGE) {
        return;
    }

    GetModuleFileNameA((HMODULE)region.AllocationBase, record->module, sizeof record->module - 1);
    record->offset = (uintptr_t)address - (uintptr_t)region.AllocationBase;
}

static LONG WINAPI end(EXCEPTION_POINTERS *exception)
{
    const EXCEPTION_RECORD *record = exception->ExceptionRecord;
    if (InterlockedCompareExchange((volatile LONG *)&crash->state, CRASH_WRITING, CRASH_NONE) == CRASH_NONE) {
        const uint32_t *lane = platform_thread_value();
        crash->code = record->ExceptionCode;
        crash->lane = lane == NULL ? WORKER_MAX_LANES : *lane;
        crash->address = (uintptr_t)record->ExceptionAddress;
        crash->access = record->ExceptionCode == EXCEPTION_ACCESS_VIOLATION && record->NumberParameters > 1 ? record->ExceptionInformation[1] : 0;
        find_module(record->ExceptionAddress, crash);
        InterlockedExchange((volatile LONG *)&crash->state, CRASH_WRITTEN);
    }

    TerminateProcess(GetCurrentProcess(), record->ExceptionCode);
    return EXCEPTION_EXECUTE_HANDLER;
}

/* Modules may replace the unhandled-exception filter; nobody handles this one in a useful way. */
static LONG WINAPI watch(EXCEPTION_POINTERS *exception)
{
    return exception->ExceptionRecord->ExceptionCode == EXCEPTION_STACK_OVERFLOW ? end(exception) : EXCEPTION_CONTINUE_SEARCH;
}

void platform_catch_crashes(struct crash_record *record)
{
    crash = record;
    SetUnhandledExceptionFilter(end);
    AddVectoredExceptionHandler(1, watch);
}

void platform_prepare_thread_for_crashes(void)
{
    ULONG size = STACK_GUARANTEE;
    SetThreadStackGuarantee(&size);
}
