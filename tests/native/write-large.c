/*
 * Writes ?megabytes=N in pieces of ?piece=BYTES; byte number i of the body is i modulo 251.
 * With ?length=1 the head has a Content-Length. "?report" tells how many are running and the last error of those that broke off.
 */
#include "testing.h"

enum { PERIOD = 251 };

static volatile LONG running, last_error;

TESTING_VERSION("write-large: a large answer")

static DWORD write_all(EXTENSION_CONTROL_BLOCK *ecb)
{
    ULONGLONG total = (ULONGLONG)query_number(ecb, "megabytes", 1) * 1024 * 1024, sent = 0;
    DWORD piece = (DWORD)query_number(ecb, "piece", 65536);
    BYTE *pattern = malloc(piece + PERIOD);
    DWORD i, status = HSE_STATUS_SUCCESS;
    char headers[128];

    for (i = 0; i < piece + PERIOD; i++) {
        pattern[i] = (BYTE)(i % PERIOD);
    }

    if (query_number(ecb, "length", 0)) {
        snprintf(headers, sizeof headers, "Content-Type: application/octet-stream\r\nContent-Length: %llu\r\n\r\n",
                 (unsigned long long)total);
    } else {
        strcpy(headers, "Content-Type: application/octet-stream\r\n\r\n");
    }

    send_head(ecb, "200 OK", headers);
    while (sent < total) {
        DWORD count = total - sent < piece ? (DWORD)(total - sent) : piece;
        if (!write_bytes(ecb, pattern + sent % PERIOD, count)) {
            InterlockedExchange(&last_error, (LONG)GetLastError());
            status = HSE_STATUS_ERROR;
            break;
        }

        sent += count;
    }

    free(pattern);
    return status;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    DWORD status;
    if (variant_is(ecb, "report")) {
        send_text_head(ecb);
        write_format(ecb, "running=%d error=%d\n", (int)running, (int)last_error);
        return HSE_STATUS_SUCCESS;
    }

    InterlockedIncrement(&running);
    status = write_all(ecb);
    InterlockedDecrement(&running);
    return status;
}
