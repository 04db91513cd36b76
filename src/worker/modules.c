#include "modules.h"
#include "calls.h"
#include "platform.h"

#include <stdio.h>
#include <stdlib.h>

#define MAX_MODULES 1024u

static struct module modules[MAX_MODULES];
static uint32_t count;
static platform_lock lock = PLATFORM_LOCK_INIT;

const struct module *module_at(uint64_t index)
{
    return index < __atomic_load_n(&count, __ATOMIC_ACQUIRE) ? &modules[index] : NULL;
}

/* 32-bit Windows DLLs export NAME, _NAME@N or NAME@N, by how they were linked. */
static void *find(void *module, const char *name, unsigned arguments)
{
    char decorated[64];
    void *found = platform_symbol(module, name);
#if defined(_WIN32) && !defined(_WIN64)
    if (found == NULL) {
        snprintf(decorated, sizeof decorated, "_%s@%u", name, arguments);
        found = platform_symbol(module, decorated);
    }

    if (found == NULL) {
        found = platform_symbol(module, decorated + 1);
    }
#else
    (void)arguments;
    (void)decorated;
#endif
    return found;
}

struct loaded {
    uint32_t error;
    uint32_t index;
    uint32_t exports;
    char text[512];
};

static void fill_loaded(struct record *record, const void *of)
{
    const struct loaded *loaded = of;
    write_number(record, loaded->error);
    write_number(record, loaded->index);
    write_number(record, loaded->exports);
    write_text(record, loaded->text, sizeof loaded->text);
}

static void add(void *handle, struct loaded *loaded)
{
    platform_lock_enter(&lock);
    if (count == MAX_MODULES) {
        loaded->error = 8; /* ERROR_NOT_ENOUGH_MEMORY */
    } else {
        struct module *module = &modules[count];
        module->handle = handle;
        module->extension_version = (PFN_GETEXTENSIONVERSION)(uintptr_t)find(handle, "GetExtensionVersion", 4);
        module->extension_proc = (PFN_HTTPEXTENSIONPROC)(uintptr_t)find(handle, "HttpExtensionProc", 4);
        module->extension_terminate = (PFN_TERMINATEEXTENSION)(uintptr_t)find(handle, "TerminateExtension", 4);
        loaded->exports = (module->extension_version != NULL && module->extension_proc != NULL ? EXPORTS_EXTENSION : 0)
            | (module->extension_terminate != NULL ? EXPORTS_TERMINATE_EXTENSION : 0)
            | (find(handle, "GetFilterVersion", 4) != NULL && find(handle, "HttpFilterProc", 12) != NULL ? EXPORTS_FILTER : 0)
            | (find(handle, "TerminateFilter", 4) != NULL ? EXPORTS_TERMINATE_FILTER : 0);
        loaded->index = count;
        __atomic_store_n(&count, count + 1, __ATOMIC_RELEASE);
    }

    platform_lock_leave(&lock);
}

void modules_load(uint32_t lane, struct reader *message)
{
    struct loaded loaded = {0, 0, 0, ""};
    struct thread_state state;
    uint32_t length;
    const unsigned char *bytes = read_bytes(message, &length);
    char *path = calloc(1, (size_t)length + 1);
    void *handle = NULL;
    if (path == NULL) {
        loaded.error = 8;
    } else {
        if (bytes != NULL) {
            memcpy(path, bytes, length);
        }

        platform_enter_module(&state);
        handle = platform_load(path, &loaded.error, loaded.text, sizeof loaded.text);
        platform_leave_module(&state);
        free(path);
    }

    if (handle != NULL) {
        add(handle, &loaded);
    }

    calls_return(lane, 0, fill_loaded, &loaded);
}

struct version {
    uint32_t result;
    uint32_t error;
    HSE_VERSION_INFO info;
};

static void fill_version(struct record *record, const void *of)
{
    const struct version *version = of;
    write_number(record, version->result);
    write_number(record, version->error);
    write_number(record, version->info.dwExtensionVersion);
    write_text(record, version->info.lpszExtensionDesc, sizeof version->info.lpszExtensionDesc);
}

void modules_version(uint32_t lane, struct reader *message)
{
    struct version version;
    struct thread_state state;
    const struct module *module = module_at(read_number(message));
    memset(&version, 0, sizeof version);
    if (module != NULL && module->extension_version != NULL) {
        platform_enter_module(&state);
        platform_set_last_error(0);
        version.result = module->extension_version(&version.info) != FALSE;
        version.error = platform_last_error();
        platform_leave_module(&state);
    }

    calls_return(lane, 0, fill_version, &version);
}

void modules_terminate(uint32_t lane, struct reader *message)
{
    struct version version;
    struct thread_state state;
    const struct module *module = module_at(read_number(message));
    DWORD flags = (DWORD)read_number(message);
    memset(&version, 0, sizeof version);
    if (module != NULL && module->extension_terminate != NULL) {
        platform_enter_module(&state);
        version.result = module->extension_terminate(flags) != FALSE;
        platform_leave_module(&state);
    }

    calls_return(lane, 0, fill_version, &version);
}
