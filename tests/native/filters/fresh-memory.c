/* Whether AllocMem gives zeroed memory: answers with the number of bytes that were not, and leaves every block full of ones. */
#include "filter_testing.h"

FILTER_VERSION("fresh-memory", SF_NOTIFY_PREPROC_HEADERS)

#define BLOCKS 64

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    char text[64];
    int block, dirty = 0;
    (void)notification;
    (void)data;
    for (block = 0; block < BLOCKS; block++) {
        DWORD size = 16u << (block % 8), at;
        char *memory = pfc->AllocMem(pfc, size, 0);
        for (at = 0; memory != NULL && at < size; at++) {
            dirty += memory[at] != 0;
            memory[at] = -1;
        }
    }

    snprintf(text, sizeof text, "dirty=%d\n", dirty);
    filter_answer(pfc, "200 OK", text);
    return SF_STATUS_REQ_FINISHED_KEEP_CONN;
}
