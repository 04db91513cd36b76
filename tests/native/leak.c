/* Each request loses something: "?handle" a handle, "?memory" 8 KiB; otherwise nothing. */
#ifdef _WIN32
#include <windows.h>
#else
#include <fcntl.h>
#endif
#include "testing.h"

TESTING_VERSION("leak: loses handles or memory")

static void lose_handle(void)
{
#ifdef _WIN32
    CreateEventA(NULL, FALSE, FALSE, NULL);
#else
    open("/dev/null", O_RDONLY | O_CLOEXEC);
#endif
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    static void *volatile lost;
    if (variant_is(ecb, "handle")) {
        lose_handle();
    } else if (variant_is(ecb, "memory")) {
        lost = malloc(8192);
        memset(lost, 1, 8192);
    }

    send_text_head(ecb);
    write_text(ecb, "text\n");
    return HSE_STATUS_SUCCESS;
}
