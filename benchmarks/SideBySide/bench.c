/*
 * The extension that benchmarks/compare.sh measures. Its answers are those of PlainAnswers.cs, byte for byte.
 *
 *     /hello                  13 bytes
 *     /64k /1m                one WriteClient, Content-Length in the head
 *     /64k-unknown /1m-unknown    the same without Content-Length: framing is left to the server
 *     /pieces /pieces-unknown     16 times WriteClient of 4 KiB
 *     /1m.bin /100m.bin       the file that PATH_TRANSLATED names, by HSE_REQ_TRANSMIT_FILE
 *     /echo                   the body of the request, read whole, in one WriteClient
 *
 * With DESCRIPTORS, hFile is a file descriptor, as Apache's mod_isapi takes it on Linux.
 */
#include <httpext.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef DESCRIPTORS
#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

#define KIBIBYTE 1024u
#define LARGE (1024 * KIBIBYTE)

static char pattern[LARGE];

BOOL WINAPI GetExtensionVersion(HSE_VERSION_INFO *version)
{
    size_t i;

    for (i = 0; i < sizeof pattern; i++) {
        pattern[i] = "0123456789abcde\n"[i % 16];
    }

    version->dwExtensionVersion = HSE_VERSION;
    lstrcpynA(version->lpszExtensionDesc, "bench: answers to be measured", HSE_MAX_EXT_DLL_NAME_LEN);
    return TRUE;
}

static BOOL send_head(EXTENSION_CONTROL_BLOCK *ecb, const char *status, const char *headers)
{
    HSE_SEND_HEADER_EX_INFO head;

    head.pszStatus = status;
    head.cchStatus = (DWORD)strlen(status);
    head.pszHeader = headers;
    head.cchHeader = (DWORD)strlen(headers);
    head.fKeepConn = TRUE;
    return ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_SEND_RESPONSE_HEADER_EX, &head, NULL, NULL);
}

/* The body in pieces of one size. */
static DWORD answer(EXTENSION_CONTROL_BLOCK *ecb, const char *headers, const char *body, DWORD length, DWORD piece)
{
    DWORD sent;

    if (!send_head(ecb, "200 OK", headers)) {
        return HSE_STATUS_ERROR;
    }

    for (sent = 0; sent < length; sent += piece) {
        DWORD count = piece;
        if (!ecb->WriteClient(ecb->ConnID, (LPVOID)(body + sent), &count, HSE_IO_SYNC)) {
            return HSE_STATUS_ERROR;
        }
    }

    return HSE_STATUS_SUCCESS;
}

static DWORD echo(EXTENSION_CONTROL_BLOCK *ecb)
{
    char headers[96];
    DWORD total = ecb->cbTotalBytes;
    DWORD read = ecb->cbAvailable;
    DWORD status;
    char *body;

    if (total == 0xFFFFFFFF || (body = malloc(total + 1)) == NULL) {
        send_head(ecb, "413 Content Too Large", "Content-Length: 0\r\n\r\n");
        return HSE_STATUS_SUCCESS;
    }

    memcpy(body, ecb->lpbData, read);
    while (read < total) {
        DWORD count = total - read;
        if (!ecb->ReadClient(ecb->ConnID, body + read, &count) || count == 0) {
            free(body);
            return HSE_STATUS_ERROR;
        }

        read += count;
    }

    snprintf(headers, sizeof headers, "Content-Type: text/plain\r\nContent-Length: %u\r\n\r\n", (unsigned)total);
    status = answer(ecb, headers, body, total, total);
    free(body);
    return status;
}

#ifdef DESCRIPTORS
static HANDLE open_file(const char *path)
{
    return (HANDLE)(intptr_t)open(path, O_RDONLY | O_CLOEXEC);
}

static DWORD size_of(HANDLE file)
{
    struct stat status;

    return fstat((int)(intptr_t)file, &status) == 0 ? (DWORD)status.st_size : 0;
}

static void close_file(HANDLE file)
{
    close((int)(intptr_t)file);
}
#else
static HANDLE open_file(const char *path)
{
    return CreateFileA(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, FILE_FLAG_SEQUENTIAL_SCAN, NULL);
}

static DWORD size_of(HANDLE file)
{
    DWORD high;

    return GetFileSize(file, &high);
}

static void close_file(HANDLE file)
{
    CloseHandle(file);
}
#endif

static VOID WINAPI file_sent(EXTENSION_CONTROL_BLOCK *ecb, PVOID file, DWORD bytes, DWORD error)
{
    DWORD status = error == 0 ? HSE_STATUS_SUCCESS : HSE_STATUS_ERROR;

    (void)bytes;
    close_file((HANDLE)file);
    ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_DONE_WITH_SESSION, &status, NULL, NULL);
}

static DWORD transmit_file(EXTENSION_CONTROL_BLOCK *ecb)
{
    char headers[96];
    HSE_TF_INFO info;
    HANDLE file = open_file(ecb->lpszPathTranslated);

    if (file == INVALID_HANDLE_VALUE) {
        send_head(ecb, "404 Not Found", "Content-Length: 0\r\n\r\n");
        return HSE_STATUS_SUCCESS;
    }

    snprintf(headers, sizeof headers, "Content-Type: text/plain\r\nContent-Length: %u\r\n\r\n", (unsigned)size_of(file));
    memset(&info, 0, sizeof info);
    info.pfnHseIO = file_sent;
    info.pContext = file;
    info.hFile = file;
    info.pszStatusCode = "200 OK";
    info.pHead = headers;
    info.HeadLength = (DWORD)strlen(headers);
    info.dwFlags = HSE_IO_ASYNC | HSE_IO_SEND_HEADERS;
    if (ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_TRANSMIT_FILE, &info, NULL, NULL)) {
        return HSE_STATUS_PENDING; /* file_sent has the request now */
    }

    close_file(file);
    send_head(ecb, "501 Not Implemented", "Content-Length: 0\r\n\r\n");
    return HSE_STATUS_SUCCESS;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    static const char plain[] = "Content-Type: text/plain\r\n\r\n";
    static const char small_length[] = "Content-Type: text/plain\r\nContent-Length: 65536\r\n\r\n";
    static const char large_length[] = "Content-Type: text/plain\r\nContent-Length: 1048576\r\n\r\n";
    const DWORD small = 64 * KIBIBYTE, piece = 4 * KIBIBYTE;
    const char *path = ecb->lpszPathInfo;

    if (strcmp(path, "/hello") == 0) {
        return answer(ecb, plain, "Hello, world!", 13, 13);
    }

    if (strcmp(path, "/64k") == 0) {
        return answer(ecb, small_length, pattern, small, small);
    }

    if (strcmp(path, "/64k-unknown") == 0) {
        return answer(ecb, plain, pattern, small, small);
    }

    if (strcmp(path, "/1m") == 0) {
        return answer(ecb, large_length, pattern, LARGE, LARGE);
    }

    if (strcmp(path, "/1m-unknown") == 0) {
        return answer(ecb, plain, pattern, LARGE, LARGE);
    }

    if (strcmp(path, "/pieces") == 0) {
        return answer(ecb, small_length, pattern, small, piece);
    }

    if (strcmp(path, "/pieces-unknown") == 0) {
        return answer(ecb, plain, pattern, small, piece);
    }

    if (strcmp(path, "/1m.bin") == 0 || strcmp(path, "/100m.bin") == 0) {
        return transmit_file(ecb);
    }

    if (strcmp(path, "/echo") == 0) {
        return echo(ecb);
    }

    send_head(ecb, "404 Not Found", "Content-Length: 0\r\n\r\n");
    return HSE_STATUS_SUCCESS;
}
