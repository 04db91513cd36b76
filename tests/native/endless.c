/* Writes until the client leaves. "?report" tells how many are running, how many ended and the last error they got. */
#include "testing.h"

static volatile LONG running, ended, last_error;

TESTING_VERSION("endless: never stops by itself")

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    char block[16384];
    if (variant_is(ecb, "report")) {
        send_text_head(ecb);
        write_format(ecb, "running=%d ended=%d error=%d\n", (int)running, (int)ended, (int)last_error);
        return HSE_STATUS_SUCCESS;
    }

    InterlockedIncrement(&running);
    memset(block, 'x', sizeof block);
    send_text_head(ecb);
    while (write_bytes(ecb, block, sizeof block)) {
    }

    InterlockedExchange(&last_error, (LONG)GetLastError());
    InterlockedIncrement(&ended);
    InterlockedDecrement(&running);
    return HSE_STATUS_ERROR;
}
