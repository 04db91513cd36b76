/*
 * When output goes out: "?idle" writes a line and sleeps before the next, "?flush" the same with HSE_REQ_SET_FLUSH_FLAG, and "?pending"
 * leaves its first line in the buffer when it returns PENDING. "?go" lets the second line of the others be written.
 */
#include "testing.h"

static volatile LONG go;

TESTING_VERSION("buffering: when output goes out")

static void wait_for_go(void)
{
    int i;
    for (i = 0; i < 3000 && !go; i++) {
        Sleep(10);
    }
}

static DWORD WINAPI second_line(LPVOID parameter)
{
    EXTENSION_CONTROL_BLOCK *ecb = parameter;
    wait_for_go();
    write_text(ecb, "second\n");
    done(ecb, HSE_STATUS_SUCCESS);
    return 0;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    if (variant_is(ecb, "go")) {
        go = 1;
        send_text_head(ecb);
        return HSE_STATUS_SUCCESS;
    }

    go = 0;
    if (variant_is(ecb, "flush")) {
        ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_SET_FLUSH_FLAG, (LPVOID)(ULONG_PTR)TRUE, NULL, NULL);
    }

    send_text_head(ecb);
    write_text(ecb, "first\n");
    if (variant_is(ecb, "pending")) {
        CloseHandle(CreateThread(NULL, 0, second_line, ecb, 0, NULL));
        return HSE_STATUS_PENDING;
    }

    wait_for_go();
    write_text(ecb, "second\n");
    return HSE_STATUS_SUCCESS;
}
