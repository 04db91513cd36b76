/* Calls every callback with connection ids that were never given out, and with NULL where a buffer belongs. */
#include "testing.h"

TESTING_VERSION("misuse: arguments that no server gave")

static void show(EXTENSION_CONTROL_BLOCK *ecb, const char *name, BOOL result)
{
    DWORD error = result ? 0 : GetLastError();
    write_format(ecb, "%s result=%d error=%u\n", name, result != 0, (unsigned)error);
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    static char somewhere[256];
    HCONN wrong[4];
    char buffer[64];
    DWORD size;
    size_t i;

    wrong[0] = NULL;
    wrong[1] = (HCONN)(ULONG_PTR)0x1234;
    wrong[2] = somewhere;
    wrong[3] = (HCONN)~(ULONG_PTR)0;

    send_text_head(ecb);
    for (i = 0; i < 4; i++) {
        size = sizeof buffer;
        show(ecb, "wrong-id variable", ecb->GetServerVariable(wrong[i], "URL", buffer, &size));
        size = 1;
        show(ecb, "wrong-id write", ecb->WriteClient(wrong[i], "x", &size, HSE_IO_SYNC));
        size = sizeof buffer;
        show(ecb, "wrong-id read", ecb->ReadClient(wrong[i], buffer, &size));
        show(ecb, "wrong-id head", ecb->ServerSupportFunction(wrong[i], HSE_REQ_SEND_RESPONSE_HEADER, "200 OK", NULL, NULL));
        show(ecb, "wrong-id done", ecb->ServerSupportFunction(wrong[i], HSE_REQ_DONE_WITH_SESSION, NULL, NULL, NULL));
    }

    size = sizeof buffer;
    show(ecb, "null variable name", ecb->GetServerVariable(ecb->ConnID, NULL, buffer, &size));
    show(ecb, "null variable size", ecb->GetServerVariable(ecb->ConnID, "URL", buffer, NULL));
    show(ecb, "null variable buffer", ecb->GetServerVariable(ecb->ConnID, "URL", NULL, &size));
    size = 5;
    show(ecb, "null write buffer", ecb->WriteClient(ecb->ConnID, NULL, &size, HSE_IO_SYNC));
    show(ecb, "null write size", ecb->WriteClient(ecb->ConnID, buffer, NULL, HSE_IO_SYNC));
    show(ecb, "null read buffer", ecb->ReadClient(ecb->ConnID, NULL, &size));
    show(ecb, "null read size", ecb->ReadClient(ecb->ConnID, buffer, NULL));
    show(ecb, "null redirect", ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_SEND_URL_REDIRECT_RESP, NULL, NULL, NULL));
    show(ecb, "null head", ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_SEND_RESPONSE_HEADER_EX, NULL, NULL, NULL));
    show(ecb, "null map", ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_MAP_URL_TO_PATH, NULL, NULL, NULL));
    show(ecb, "null map-ex", ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_MAP_URL_TO_PATH_EX, buffer, &size, NULL));
    show(ecb, "null keep", ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_IS_KEEP_CONN, NULL, NULL, NULL));
    show(ecb, "null connected", ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_IS_CONNECTED, NULL, NULL, NULL));
    show(ecb, "null log", ecb->ServerSupportFunction(ecb->ConnID, HSE_APPEND_LOG_PARAMETER, NULL, NULL, NULL));
    return HSE_STATUS_SUCCESS;
}
