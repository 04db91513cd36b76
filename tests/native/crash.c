/*
 * Ends its process in the way that the query names: "null" writes to address 8, "stack" overflows the stack, "divide" divides by zero, "abort" calls abort,
 * "exit" calls exit(5), "thread" writes to address 8 on a thread of its own. Without a query it answers.
 */
#include "testing.h"

#include <stdlib.h>

static volatile DWORD zero;

static void write_to_nothing(void)
{
    *(volatile char *)(intptr_t)(8 + zero) = 1;
}

static int overflow(volatile char *from)
{
    volatile char room[4096];
    room[0] = from[0];
    return zero == 1 ? 0 : overflow(room) + room[0];
}

static DWORD WINAPI fail(LPVOID parameter)
{
    (void)parameter;
    write_to_nothing();
    return 0;
}

TESTING_VERSION("crash: ends its process")

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    char start = 0;
    if (variant_is(ecb, "null")) {
        write_to_nothing();
    } else if (variant_is(ecb, "stack")) {
        overflow(&start);
    } else if (variant_is(ecb, "divide")) {
        zero = ecb->cbAvailable / zero;
    } else if (variant_is(ecb, "abort")) {
        abort();
    } else if (variant_is(ecb, "exit")) {
        exit(5);
    } else if (variant_is(ecb, "thread")) {
        CreateThread(NULL, 0, fail, NULL, 0, NULL);
        Sleep(10000);
    }

    send_text_head(ecb);
    write_text(ecb, "alive\n");
    return HSE_STATUS_SUCCESS;
}
