/*
 * HSE_REQ_TRANSMIT_FILE of the file named by the environment variable TEST_FILE, chosen by the query string.
 * head, tail, offset=N, length=N, sync, disconnect, registered (the registered completion instead of its own), no-callback,
 * no-length (no Content-Length), raw-head (no HSE_IO_SEND_HEADERS), ordinary (a handle without FILE_FLAG_OVERLAPPED),
 * pointer (such a handle, sent from after one byte was read; what is read next must be the second one),
 * kept (one handle for all requests; from the second on, the extension reads from it itself before), bad=closed|null|pipe|directory|past-end|too-long.
 */
#include "testing.h"

#ifdef _WIN32
#define OPEN_FLAGS (FILE_FLAG_SEQUENTIAL_SCAN | FILE_FLAG_OVERLAPPED)
#else
#include <fcntl.h>
#include <unistd.h>
#define OPEN_FLAGS 0
#endif

TESTING_VERSION("transmit-file: files by TRANSMIT_FILE")

static HANDLE volatile kept_file;

static BOOL has(EXTENSION_CONTROL_BLOCK *ecb, const char *word)
{
    return strstr(ecb->lpszQueryString, word) != NULL;
}

static void WINAPI on_sent(EXTENSION_CONTROL_BLOCK *ecb, PVOID context, DWORD bytes, DWORD error)
{
    char log[64];
    snprintf(log, sizeof log, "sent=%u error=%u", (unsigned)bytes, (unsigned)error);
    ecb->ServerSupportFunction(ecb->ConnID, HSE_APPEND_LOG_PARAMETER, log, NULL, NULL);
    if ((HANDLE)context != kept_file) {
        CloseHandle((HANDLE)context);
    }

    done(ecb, HSE_STATUS_SUCCESS);
}

static HANDLE open_file(DWORD flags)
{
    return CreateFileA(getenv("TEST_FILE"), GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, flags, NULL);
}

/* The byte at the handle's own position, or, from one with FILE_FLAG_OVERLAPPED, the first byte; -1 for none. */
static int read_byte(HANDLE file, BOOL overlapped)
{
    unsigned char byte = 0;
    DWORD count = 0;
#ifdef _WIN32
    OVERLAPPED operation;
    memset(&operation, 0, sizeof operation);
    if (overlapped) {
        operation.hEvent = CreateEventA(NULL, TRUE, FALSE, NULL);
        if (ReadFile(file, &byte, 1, NULL, &operation) || GetLastError() == ERROR_IO_PENDING) {
            GetOverlappedResult(file, &operation, &count, TRUE);
        }

        CloseHandle(operation.hEvent);
    } else {
        ReadFile(file, &byte, 1, &count, NULL);
    }
#else
    int descriptor = (int)(intptr_t)file;
    count = (DWORD)(overlapped ? pread(descriptor, &byte, 1, 0) : read(descriptor, &byte, 1));
#endif
    return count == 1 ? byte : -1;
}

/* A file that is read, sent synchronously without a head and read on. */
static DWORD pointer(EXTENSION_CONTROL_BLOCK *ecb)
{
    HANDLE file = open_file(0);
    HSE_TF_INFO info;
    int first = read_byte(file, FALSE);
    BOOL taken;

    memset(&info, 0, sizeof info);
    info.hFile = file;
    info.Offset = 5;
    send_text_head(ecb);
    taken = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_TRANSMIT_FILE, &info, NULL, NULL);
    write_format(ecb, " %d %c %c", taken != 0, first, read_byte(file, FALSE));
    CloseHandle(file);
    return HSE_STATUS_SUCCESS;
}

static HANDLE open_bad(EXTENSION_CONTROL_BLOCK *ecb)
{
    HANDLE handle = NULL;
#ifdef _WIN32
    HANDLE other = NULL;
    if (has(ecb, "bad=pipe")) {
        CreatePipe(&handle, &other, NULL, 0);
    } else if (has(ecb, "bad=directory")) {
        handle = CreateFileA(".", GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
    } else {
        handle = (HANDLE)(LONG_PTR)0x7ff0;
    }
#else
    int ends[2];
    if (has(ecb, "bad=pipe")) {
        if (pipe(ends) == 0) {
            handle = (HANDLE)(intptr_t)ends[0];
        }
    } else if (has(ecb, "bad=directory")) {
        handle = (HANDLE)(intptr_t)open(".", O_RDONLY);
    } else {
        handle = (HANDLE)(intptr_t)0x7ff0;
    }
#endif
    return handle;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    HSE_TF_INFO info;
    HANDLE file;
    char headers[128];
    const char *head = has(ecb, "head") ? "<<" : "", *tail = has(ecb, "tail") ? ">>" : "";
    BOOL result;
    DWORD size, error;

    if (has(ecb, "pointer")) {
        return pointer(ecb);
    }

    memset(&info, 0, sizeof info);
    if (has(ecb, "bad=") && !has(ecb, "bad=past-end") && !has(ecb, "bad=too-long")) {
        file = open_bad(ecb);
        size = 10;
    } else {
        if (!has(ecb, "kept")) {
            file = open_file(has(ecb, "ordinary") ? 0 : OPEN_FLAGS);
        } else if (kept_file == NULL) {
            file = kept_file = open_file(OPEN_FLAGS);
        } else if (read_byte(file = kept_file, TRUE) == -1) {
            return HSE_STATUS_ERROR;
        }

        size = GetFileSize(file, NULL);
    }

    info.hFile = file;
    info.Offset = (DWORD)query_number(ecb, "offset", has(ecb, "bad=past-end") ? (long)size + 1 : 0);
    info.BytesToWrite = (DWORD)query_number(ecb, "length", has(ecb, "bad=too-long") ? (long)size + 1 : 0);
    info.pfnHseIO = has(ecb, "registered") || has(ecb, "no-callback") ? NULL : on_sent;
    info.pContext = file;
    info.dwFlags = has(ecb, "sync") ? 0 : HSE_IO_ASYNC;
    if (has(ecb, "disconnect")) {
        info.dwFlags |= HSE_IO_DISCONNECT_AFTER_SEND;
    }

    if (has(ecb, "registered")) {
        ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_IO_COMPLETION, (LPVOID)on_sent, NULL, (LPDWORD)file);
    }

    size = (info.BytesToWrite != 0 ? info.BytesToWrite : size - info.Offset) + (DWORD)(strlen(head) + strlen(tail));
    if (has(ecb, "no-length")) {
        lstrcpynA(headers, "Content-Type: text/plain\r\n\r\n", sizeof headers);
    } else {
        snprintf(headers, sizeof headers, "Content-Type: text/plain\r\nContent-Length: %u\r\n\r\n", (unsigned)size);
    }

    if (has(ecb, "raw-head")) {
        send_head(ecb, "200 OK", headers);
        info.pHead = (PVOID)head;
        info.HeadLength = (DWORD)strlen(head);
    } else {
        strncat(headers, head, sizeof headers - strlen(headers) - 1);
        info.dwFlags |= HSE_IO_SEND_HEADERS;
        info.pszStatusCode = "200 OK";
        info.pHead = headers;
        info.HeadLength = (DWORD)strlen(headers);
    }

    info.pTail = (PVOID)tail;
    info.TailLength = (DWORD)strlen(tail);
    result = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_TRANSMIT_FILE, &info, NULL, NULL);
    error = result ? 0 : GetLastError();
    if (result && (info.dwFlags & HSE_IO_ASYNC)) {
        return HSE_STATUS_PENDING;
    }

    if (!result) {
        send_text_head(ecb);
        write_format(ecb, "error=%u", (unsigned)error);
    }

    if (file != kept_file) {
        CloseHandle(file);
    }

    return HSE_STATUS_SUCCESS;
}
