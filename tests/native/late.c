/* "keep" keeps its connection id; "use" writes with the kept one, in a request that has the same slot by then. */
#include "testing.h"

TESTING_VERSION("late: uses the connection id of an earlier request")

static HCONN kept;

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    DWORD size = 4;

    send_text_head(ecb);
    if (variant_is(ecb, "keep")) {
        kept = ecb->ConnID;
    } else if (variant_is(ecb, "use")) {
        BOOL result = ecb->WriteClient(kept, "late", &size, HSE_IO_SYNC);
        DWORD error = result ? 0 : GetLastError();
        write_format(ecb, "%d/%u", result != 0, (unsigned)error);
    }

    return HSE_STATUS_SUCCESS;
}
