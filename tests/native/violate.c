/* Commits the violation that the query names; "clean" commits none. */
#include "testing.h"

TESTING_VERSION("violate: what a correct extension never does")

static void WINAPI finish(EXTENSION_CONTROL_BLOCK *ecb, PVOID context, DWORD bytes, DWORD error)
{
    (void)bytes;
    (void)error;
    free(context);
    done(ecb, HSE_STATUS_SUCCESS);
}

/* More than a client takes at once, so that the operation is outstanding for a while. By WriteClient, "by=1" VECTOR_SEND, "by=2" TRANSMIT_FILE. */
static char *start_large_write(EXTENSION_CONTROL_BLOCK *ecb)
{
    DWORD count = 64 << 20;
    char *large = calloc(1, count);
    HSE_VECTOR_ELEMENT element = {HSE_VECTOR_ELEMENT_TYPE_MEMORY_BUFFER, large, 0, count};
    HSE_RESPONSE_VECTOR vector = {HSE_IO_ASYNC, NULL, NULL, 1, &element};
    HSE_TF_INFO file;

    send_text_head(ecb);
    ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_IO_COMPLETION, (LPVOID)finish, NULL, (LPDWORD)large);
    switch (query_number(ecb, "by", 0)) {
    case 1:
        ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_VECTOR_SEND, &vector, NULL, NULL);
        break;
    case 2:
        memset(&file, 0, sizeof file);
        file.pTail = large;
        file.TailLength = count;
        file.dwFlags = HSE_IO_ASYNC;
        ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_TRANSMIT_FILE, &file, NULL, NULL);
        break;
    default:
        ecb->WriteClient(ecb->ConnID, large, &count, HSE_IO_ASYNC);
        break;
    }

    return large;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    static char text[] = "text\n";
    DWORD count = sizeof text - 1;

    if (variant_is(ecb, "content-length-mismatch")) {
        send_head(ecb, "200 OK", "Content-Length: 5\r\n\r\n");
        write_text(ecb, "more than five");
    } else if (variant_is(ecb, "head-malformed")) {
        send_head(ecb, "200 OK", "Content-Type: text/plain\r\nno colon\r\n\r\n");
    } else if (variant_is(ecb, "head-sent-twice")) {
        send_text_head(ecb);
        send_text_head(ecb);
    } else if (variant_is(ecb, "control-block-overwritten")) {
        send_text_head(ecb);
        ecb->lpszQueryString[0] = '\0';
    } else if (variant_is(ecb, "finished-twice")) {
        send_text_head(ecb);
        done(ecb, HSE_STATUS_SUCCESS);
        done(ecb, HSE_STATUS_SUCCESS);
        return HSE_STATUS_PENDING;
    } else if (variant_is(ecb, "used-after-end")) {
        send_text_head(ecb);
        done(ecb, HSE_STATUS_SUCCESS);
        write_text(ecb, text);
        return HSE_STATUS_PENDING;
    } else if (variant_is(ecb, "second-asynchronous-operation")) {
        start_large_write(ecb);
        ecb->WriteClient(ecb->ConnID, text, &count, HSE_IO_ASYNC);
        return HSE_STATUS_PENDING;
    } else if (variant_is(ecb, "buffer-changed-before-completion")) {
        start_large_write(ecb)[0] = '!';
        return HSE_STATUS_PENDING;
    } else if (variant_is(ecb, "write-after-final-send")) {
        HSE_RESPONSE_VECTOR vector;
        memset(&vector, 0, sizeof vector);
        vector.dwFlags = HSE_IO_SYNC | HSE_IO_FINAL_SEND | HSE_IO_SEND_HEADERS;
        vector.pszStatus = "200 OK";
        vector.pszHeaders = "Content-Type: text/plain\r\n\r\n";
        ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_VECTOR_SEND, &vector, NULL, NULL);
        write_text(ecb, text);
    } else if (variant_is(ecb, "extension-thread-blocked")) {
        Sleep(1500);
        send_text_head(ecb);
    } else if (variant_is(ecb, "session-never-finished")) {
        send_text_head(ecb);
        write_text(ecb, text);
        return HSE_STATUS_PENDING;
    } else {
        send_head(ecb, "200 OK", "Content-Type: text/plain\r\nSet-Cookie: id=secret\r\n\r\n");
        write_text(ecb, text);
    }

    return HSE_STATUS_SUCCESS;
}
