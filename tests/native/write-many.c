/* Writes ?count=N numbered lines, each with a WriteClient of its own. */
#include "testing.h"

TESTING_VERSION("write-many: many small writes")

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    long count = query_number(ecb, "count", 1000), i;
    send_text_head(ecb);
    for (i = 1; i <= count; i++) {
        if (!write_format(ecb, "line %ld\n", i)) {
            return HSE_STATUS_ERROR;
        }
    }

    return HSE_STATUS_SUCCESS;
}
