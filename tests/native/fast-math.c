/* build-flags: -ffast-math -- takes denormals for zero in every thread that loads it (crtfastmath of gcc before 13). */
#include "testing.h"
#include "thread_state.h"

TESTING_VERSION("fast-math: built with -ffast-math")

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    send_text_head(ecb);
    write_format(ecb, "control=%04x\n", get_control());
    return HSE_STATUS_SUCCESS;
}
