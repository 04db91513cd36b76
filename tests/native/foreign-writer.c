/* Returns PENDING and answers from a thread of its own, which asks for a variable, writes with it, and ends the session. */
#include "testing.h"

TESTING_VERSION("foreign-writer: answers from a thread of its own")

static DWORD WINAPI answer(LPVOID parameter)
{
    EXTENSION_CONTROL_BLOCK *ecb = parameter;
    char method[64];
    DWORD size = sizeof method;
    send_text_head(ecb);
    if (ecb->GetServerVariable(ecb->ConnID, "REQUEST_METHOD", method, &size)) {
        write_text(ecb, method);
    }

    write_text(ecb, " answered\n");
    ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_DONE_WITH_SESSION, NULL, NULL, NULL);
    return 0;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    HANDLE thread = CreateThread(NULL, 0, answer, ecb, 0, NULL);
    if (thread == NULL) {
        return HSE_STATUS_ERROR;
    }

    CloseHandle(thread);
    return HSE_STATUS_PENDING;
}
