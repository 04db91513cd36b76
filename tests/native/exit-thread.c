/* Ends the thread that the host has given it: in HttpExtensionProc, after a part of the answer ("?half"), or in a completion ("?completion"). */
#include "testing.h"

#ifndef _WIN32
#include <pthread.h>
#define ExitThread(code) pthread_exit(NULL)
#endif

TESTING_VERSION("exit-thread: ends threads of the host")

static void WINAPI on_written(EXTENSION_CONTROL_BLOCK *ecb, PVOID context, DWORD bytes, DWORD error)
{
    (void)ecb, (void)context, (void)bytes, (void)error;
    ExitThread(1);
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    static char part[100000];
    DWORD size = 5;
    if (variant_is(ecb, "half")) {
        send_head(ecb, "200 OK", "Content-Type: text/plain\r\nContent-Length: 200000\r\n\r\n");
        write_bytes(ecb, part, sizeof part);
    } else if (variant_is(ecb, "completion")) {
        ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_IO_COMPLETION, (LPVOID)on_written, NULL, NULL);
        send_text_head(ecb);
        if (ecb->WriteClient(ecb->ConnID, "hello", &size, HSE_IO_ASYNC)) {
            return HSE_STATUS_PENDING;
        }
    }

    ExitThread(1);
    return HSE_STATUS_SUCCESS;
}
