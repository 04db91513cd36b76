/*
 * HSE_REQ_VECTOR_SEND, chosen by the query string: "all" (head, memory with an offset, a range of the file TEST_FILE, memory, final),
 * "async", "chunks" (the extension's own chunks in several vectors, the last one final, as Tomcat does), and what is refused:
 * "both", "head-missing", "head-unasked", "empty", "type", "after-final".
 */
#include "testing.h"

TESTING_VERSION("vector-send: vectors of memory and files")

static BOOL send_vector(EXTENSION_CONTROL_BLOCK *ecb, DWORD flags, const char *status, const char *headers, HSE_VECTOR_ELEMENT *elements, DWORD count)
{
    HSE_RESPONSE_VECTOR vector;
    vector.dwFlags = flags;
    vector.pszStatus = (LPSTR)status;
    vector.pszHeaders = (LPSTR)headers;
    vector.nElementCount = count;
    vector.lpElementArray = elements;
    return ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_VECTOR_SEND, &vector, NULL, NULL);
}

static HSE_VECTOR_ELEMENT memory(const char *text, DWORD offset, DWORD size)
{
    HSE_VECTOR_ELEMENT element;
    element.ElementType = HSE_VECTOR_ELEMENT_TYPE_MEMORY_BUFFER;
    element.pvContext = (PVOID)text;
    element.cbOffset = offset;
    element.cbSize = size;
    return element;
}

static void WINAPI on_sent(EXTENSION_CONTROL_BLOCK *ecb, PVOID context, DWORD bytes, DWORD error)
{
    (void)bytes;
    CloseHandle((HANDLE)context);
    done(ecb, error == 0 ? HSE_STATUS_SUCCESS : HSE_STATUS_ERROR);
}

static DWORD refused(EXTENSION_CONTROL_BLOCK *ecb, BOOL result)
{
    DWORD error = result ? 0 : GetLastError();
    send_text_head(ecb);
    write_format(ecb, "%d/%u", result != 0, (unsigned)error);
    return HSE_STATUS_SUCCESS;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    const char *headers = "Content-Type: text/plain\r\n\r\n";
    HSE_VECTOR_ELEMENT elements[3];
    DWORD flags = HSE_IO_SEND_HEADERS | HSE_IO_FINAL_SEND;
    elements[0] = memory("xxhello ", 2, 6);
    elements[1] = elements[0];
    elements[2] = memory(" bye", 0, 4);

    if (variant_is(ecb, "both")) {
        return refused(ecb, send_vector(ecb, HSE_IO_SYNC | HSE_IO_ASYNC, NULL, NULL, elements, 1));
    }

    if (variant_is(ecb, "head-missing")) {
        return refused(ecb, send_vector(ecb, HSE_IO_SEND_HEADERS, NULL, NULL, elements, 1));
    }

    if (variant_is(ecb, "head-unasked")) {
        return refused(ecb, send_vector(ecb, 0, "200 OK", headers, elements, 1));
    }

    if (variant_is(ecb, "empty")) {
        elements[0].cbSize = 0;
        return refused(ecb, send_vector(ecb, 0, NULL, NULL, elements, 1));
    }

    if (variant_is(ecb, "type")) {
        elements[0].ElementType = 7;
        return refused(ecb, send_vector(ecb, 0, NULL, NULL, elements, 1));
    }

    if (variant_is(ecb, "after-final")) {
        DWORD size = 4;
        BOOL result;
        send_vector(ecb, flags, "200 OK", headers, elements, 1);
        result = ecb->WriteClient(ecb->ConnID, "late", &size, HSE_IO_SYNC);
        return result ? HSE_STATUS_ERROR : HSE_STATUS_SUCCESS;
    }

    if (variant_is(ecb, "chunks")) {
        elements[0] = memory("5\r\n", 0, 3);
        elements[1] = memory("hello", 0, 5);
        elements[2] = memory("\r\n", 0, 2);
        send_vector(ecb, HSE_IO_SEND_HEADERS, "200 OK", "Transfer-Encoding: chunked\r\n\r\n", NULL, 0);
        send_vector(ecb, 0, NULL, NULL, elements, 3);
        send_vector(ecb, 0, NULL, NULL, elements, 3);
        elements[0] = memory("0\r\n\r\n", 0, 5);
        send_vector(ecb, HSE_IO_FINAL_SEND, NULL, NULL, elements, 1);
        return HSE_STATUS_SUCCESS;
    }

    /* all, async */
    elements[1].ElementType = HSE_VECTOR_ELEMENT_TYPE_FILE_HANDLE;
    elements[1].pvContext = CreateFileA(getenv("TEST_FILE"), GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    elements[1].cbOffset = (ULONGLONG)query_number(ecb, "offset", 0);
    elements[1].cbSize = (ULONGLONG)query_number(ecb, "size", 0);
    if (variant_is(ecb, "async")) {
        ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_IO_COMPLETION, (LPVOID)on_sent, NULL, (LPDWORD)elements[1].pvContext);
        return send_vector(ecb, flags | HSE_IO_ASYNC, "200 OK", headers, elements, 3) ? HSE_STATUS_PENDING : HSE_STATUS_ERROR;
    }

    send_vector(ecb, flags | HSE_IO_SYNC, "200 OK", headers, elements, 3);
    CloseHandle((HANDLE)elements[1].pvContext);
    return HSE_STATUS_SUCCESS;
}
