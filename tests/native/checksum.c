/*
 * Reads the whole body, lpbData first and then ReadClient in pieces of ?piece=N, and tells its size and FNV-1a checksum.
 * "?report" tells how many requests are being read right now, and how many broke off.
 */
#include "testing.h"

static volatile LONG running, broken;

TESTING_VERSION("checksum: reads the body")

static DWORD add(DWORD hash, const BYTE *bytes, DWORD count)
{
    while (count-- > 0) {
        hash = (hash ^ *bytes++) * 16777619u;
    }

    return hash;
}

static DWORD read_body(EXTENSION_CONTROL_BLOCK *ecb)
{
    DWORD piece = (DWORD)query_number(ecb, "piece", 65536);
    DWORD hash = add(2166136261u, ecb->lpbData, ecb->cbAvailable);
    ULONGLONG total = ecb->cbAvailable;
    BYTE *buffer = malloc(piece);

    while (ecb->cbTotalBytes == 0xFFFFFFFF || total < ecb->cbTotalBytes) {
        DWORD size = piece;
        if (!ecb->ReadClient(ecb->ConnID, buffer, &size) || size == 0) {
            break;
        }

        hash = add(hash, buffer, size);
        total += size;
    }

    free(buffer);
    if (ecb->cbTotalBytes != 0xFFFFFFFF && total < ecb->cbTotalBytes) {
        InterlockedIncrement(&broken);
        return HSE_STATUS_ERROR;
    }

    send_text_head(ecb);
    write_format(ecb, "bytes=%llu checksum=%08x total=%u available=%u\n", (unsigned long long)total, (unsigned)hash,
                 (unsigned)ecb->cbTotalBytes, (unsigned)ecb->cbAvailable);
    return HSE_STATUS_SUCCESS;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    DWORD status;
    if (variant_is(ecb, "report")) {
        send_text_head(ecb);
        write_format(ecb, "running=%d broken=%d\n", (int)running, (int)broken);
        return HSE_STATUS_SUCCESS;
    }

    InterlockedIncrement(&running);
    status = read_body(ecb);
    InterlockedDecrement(&running);
    return status;
}
