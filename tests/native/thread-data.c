/*
 * Keeps data of each thread that must be freed when the thread ends, as OpenSSL, Rust and C++'s thread_local do: the destructor of a
 * pthread key, on Windows the callback of FlsAlloc. It is code of this module, called by whoever ends a thread later.
 */
#include "testing.h"

#ifdef _WIN32
static DWORD slot;

static void WINAPI freed(PVOID data)
{
    free(data);
}

static void create(void)
{
    slot = FlsAlloc(freed);
}

static void keep(void *data)
{
    FlsSetValue(slot, data);
}
#else
#include <pthread.h>

static pthread_key_t key;

static void freed(void *data)
{
    free(data);
}

static void create(void)
{
    pthread_key_create(&key, freed);
}

static void keep(void *data)
{
    pthread_setspecific(key, data);
}
#endif

BOOL WINAPI GetExtensionVersion(HSE_VERSION_INFO *version)
{
    version->dwExtensionVersion = HSE_VERSION;
    lstrcpynA(version->lpszExtensionDesc, "thread-data: data of each thread, with a destructor", HSE_MAX_EXT_DLL_NAME_LEN);
    create();

    /* The thread that loads a module ends sooner or later as well. */
    keep(malloc(100));
    return TRUE;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    keep(malloc(100));
    send_text_head(ecb);
    write_text(ecb, "kept\n");
    return HSE_STATUS_SUCCESS;
}
