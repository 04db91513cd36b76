/* Is linked with a library in its own folder, which is on nobody's search path. */
#include "testing.h"

const char *neighbour_says(void);

TESTING_VERSION("needs-neighbour: a dependent library")

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    send_text_head(ecb);
    write_text(ecb, neighbour_says());
    return HSE_STATUS_SUCCESS;
}
