/* The requests about the connection: "?keep" and "?connected" tell, "?close" closes it in the middle, "?watch" waits for the client to leave. */
#include "testing.h"

static volatile LONG watching, gone;

TESTING_VERSION("connection: IS_KEEP_CONN, IS_CONNECTED, CLOSE_CONNECTION")

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    BOOL answer = -1, taken;
    if (variant_is(ecb, "watch")) {
        /* Bounded: a host that never tells must not hang the test run. */
        int tries = 600;
        InterlockedIncrement(&watching);
        do {
            Sleep(50);
            taken = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_IS_CONNECTED, &answer, NULL, NULL);
        } while (taken && answer && --tries > 0);

        if (taken && !answer) {
            InterlockedIncrement(&gone);
        }

        InterlockedDecrement(&watching);
        return HSE_STATUS_ERROR;
    }

    send_text_head(ecb);
    if (variant_is(ecb, "close")) {
        write_text(ecb, "before");
        taken = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_CLOSE_CONNECTION, NULL, NULL, NULL);
        return taken && !write_text(ecb, "after") ? HSE_STATUS_SUCCESS : HSE_STATUS_ERROR;
    }

    if (variant_is(ecb, "report")) {
        write_format(ecb, "watching=%d gone=%d\n", (int)watching, (int)gone);
        return HSE_STATUS_SUCCESS;
    }

    taken = ecb->ServerSupportFunction(ecb->ConnID, variant_is(ecb, "keep") ? HSE_REQ_IS_KEEP_CONN : HSE_REQ_IS_CONNECTED,
                                       &answer, NULL, NULL);
    write_format(ecb, "result=%d answer=%d\n", taken != 0, (int)answer);
    return HSE_STATUS_SUCCESS;
}
