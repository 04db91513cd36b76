/* Sleeps for ?ms=N and then answers. "?report" tells how many sleep now, and how many did so at once at most. */
#include "testing.h"

static volatile LONG running, peak;

TESTING_VERSION("sleep: holds its thread for a while")

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    long ms = query_number(ecb, "ms", 100);
    LONG now, highest;

    if (variant_is(ecb, "report")) {
        send_text_head(ecb);
        write_format(ecb, "running=%d peak=%d\n", (int)running, (int)peak);
        return HSE_STATUS_SUCCESS;
    }

    now = InterlockedIncrement(&running);
    while (now > (highest = peak)) {
        InterlockedCompareExchange(&peak, now, highest);
    }

    Sleep((DWORD)ms);
    InterlockedDecrement(&running);
    send_text_head(ecb);
    write_format(ecb, "slept %ld\n", ms);
    return HSE_STATUS_SUCCESS;
}
