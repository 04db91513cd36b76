/*
 * Sends bytes behind the response, at END_OF_REQUEST, as filters do that collect it: as many as the environment variable LATE_BYTES says, in one
 * WriteClient. The response itself is swallowed.
 */
#include "filter_testing.h"

#ifdef _WIN32
#define RESERVE(size) VirtualAlloc(NULL, size, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE)
#else
#include <sys/mman.h>
#define RESERVE(size) mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
#endif

FILTER_VERSION("late-writer", SF_NOTIFY_SEND_RAW_DATA | SF_NOTIFY_END_OF_REQUEST)

static int writing;

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    if (notification == SF_NOTIFY_SEND_RAW_DATA) {
        HTTP_FILTER_RAW_DATA *raw = data;
        if (!writing) {
            raw->cbInData = 0;
        }
    } else {
        DWORD size = (DWORD)strtoul(getenv("LATE_BYTES"), NULL, 10), count = size;
        char *bytes = RESERVE(size), head[128];
        BOOL taken;
        snprintf(head, sizeof head, "HTTP/1.1 200 OK\r\nContent-Length: %u\r\nConnection: close\r\n\r\n", (unsigned)size);
        writing = 1;
        filter_write(pfc, head);
        bytes[size - 1] = 'z';
        taken = pfc->WriteClient(pfc, bytes, &count, 0);
        writing = 0;
        if (!taken) {
            fprintf(stderr, "WriteClient: %u\n", (unsigned)GetLastError());
        }
    }

    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}
