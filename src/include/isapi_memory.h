/*
 * The memory functions of Windows on top of the C library, for Linux. A heap handle means nothing: there is one heap. Memory of LocalAlloc and
 * GlobalAlloc is always fixed, so that a handle is the pointer itself. VirtualAlloc reserves and commits at once.
 */
#ifndef ISAPIHOST_MEMORY_H
#define ISAPIHOST_MEMORY_H
#ifndef _WIN32

#include "isapi_types.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* ---- heaps ---- */

#define HEAP_NO_SERIALIZE 0x00000001
#define HEAP_GENERATE_EXCEPTIONS 0x00000004
#define HEAP_ZERO_MEMORY 0x00000008

static inline HANDLE GetProcessHeap(void)
{
    return (HANDLE)(intptr_t)1;
}

static inline HANDLE HeapCreate(DWORD flOptions, SIZE_T dwInitialSize, SIZE_T dwMaximumSize)
{
    (void)flOptions, (void)dwInitialSize, (void)dwMaximumSize;
    return GetProcessHeap();
}

/* What was allocated from it stays until HeapFree. */
static inline BOOL HeapDestroy(HANDLE hHeap)
{
    (void)hHeap;
    return TRUE;
}

static inline LPVOID HeapAlloc(HANDLE hHeap, DWORD dwFlags, SIZE_T dwBytes)
{
    (void)hHeap;
    if (dwBytes == 0) {
        dwBytes = 1;
    }

    return (dwFlags & HEAP_ZERO_MEMORY) != 0 ? calloc(1, dwBytes) : malloc(dwBytes);
}

static inline SIZE_T HeapSize(HANDLE hHeap, DWORD dwFlags, LPCVOID lpMem)
{
    (void)hHeap, (void)dwFlags;
    return malloc_usable_size((void *)lpMem);
}

/* With HEAP_ZERO_MEMORY what the block grows by is zero, counted from the usable size of the old one. */
static inline LPVOID HeapReAlloc(HANDLE hHeap, DWORD dwFlags, LPVOID lpMem, SIZE_T dwBytes)
{
    SIZE_T before = HeapSize(hHeap, 0, lpMem);
    char *block = (char *)realloc(lpMem, dwBytes == 0 ? 1 : dwBytes);
    if (block != NULL && (dwFlags & HEAP_ZERO_MEMORY) != 0 && dwBytes > before) {
        memset(block + before, 0, dwBytes - before);
    }

    return block;
}

static inline BOOL HeapFree(HANDLE hHeap, DWORD dwFlags, LPVOID lpMem)
{
    (void)hHeap, (void)dwFlags;
    free(lpMem);
    return TRUE;
}

/* ---- local and global memory ---- */

#define LMEM_FIXED 0x0000
#define LMEM_MOVEABLE 0x0002
#define LMEM_ZEROINIT 0x0040
#define LPTR (LMEM_FIXED | LMEM_ZEROINIT)
#define GMEM_FIXED 0x0000
#define GMEM_MOVEABLE 0x0002
#define GMEM_ZEROINIT 0x0040
#define GPTR (GMEM_FIXED | GMEM_ZEROINIT)
#define GHND (GMEM_MOVEABLE | GMEM_ZEROINIT)

static inline HLOCAL LocalAlloc(UINT uFlags, SIZE_T uBytes)
{
    return HeapAlloc(NULL, (uFlags & LMEM_ZEROINIT) != 0 ? HEAP_ZERO_MEMORY : 0, uBytes);
}

static inline HLOCAL LocalReAlloc(HLOCAL hMem, SIZE_T uBytes, UINT uFlags)
{
    return HeapReAlloc(NULL, (uFlags & LMEM_ZEROINIT) != 0 ? HEAP_ZERO_MEMORY : 0, hMem, uBytes);
}

static inline SIZE_T LocalSize(HLOCAL hMem)
{
    return HeapSize(NULL, 0, hMem);
}

static inline LPVOID LocalLock(HLOCAL hMem)
{
    return hMem;
}

static inline BOOL LocalUnlock(HLOCAL hMem)
{
    (void)hMem;
    return TRUE;
}

/* NULL is success. */
static inline HLOCAL LocalFree(HLOCAL hMem)
{
    free(hMem);
    return NULL;
}

#define GlobalAlloc(flags, bytes) LocalAlloc((flags), (bytes))
#define GlobalReAlloc(memory, bytes, flags) LocalReAlloc((memory), (bytes), (flags))
#define GlobalSize(memory) LocalSize(memory)
#define GlobalLock(memory) LocalLock(memory)
#define GlobalUnlock(memory) LocalUnlock(memory)
#define GlobalFree(memory) LocalFree(memory)

/* ---- pages ---- */

#define MEM_COMMIT 0x00001000
#define MEM_RESERVE 0x00002000
#define MEM_DECOMMIT 0x00004000
#define MEM_RELEASE 0x00008000
#define PAGE_NOACCESS 0x01
#define PAGE_READONLY 0x02
#define PAGE_READWRITE 0x04
#define PAGE_EXECUTE 0x10
#define PAGE_EXECUTE_READ 0x20
#define PAGE_EXECUTE_READWRITE 0x40

static inline int isapihost_page_protection(DWORD protect)
{
    switch (protect) {
    case PAGE_NOACCESS:
        return PROT_NONE;
    case PAGE_READONLY:
        return PROT_READ;
    case PAGE_EXECUTE:
        return PROT_EXEC;
    case PAGE_EXECUTE_READ:
        return PROT_READ | PROT_EXEC;
    case PAGE_EXECUTE_READWRITE:
        return PROT_READ | PROT_WRITE | PROT_EXEC;
    default:
        return PROT_READ | PROT_WRITE;
    }
}

/* The size is kept in a page before the block, since VirtualFree is not told it. An address cannot be asked for, but committing what there is succeeds. */
static inline LPVOID VirtualAlloc(LPVOID lpAddress, SIZE_T dwSize, DWORD flAllocationType, DWORD flProtect)
{
    SIZE_T page = (SIZE_T)sysconf(_SC_PAGESIZE);
    char *block;

    if (lpAddress != NULL) {
        return (flAllocationType & MEM_COMMIT) != 0 && mprotect(lpAddress, dwSize, isapihost_page_protection(flProtect)) == 0 ? lpAddress : NULL;
    }

    block = (char *)mmap(NULL, dwSize + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (block == MAP_FAILED) {
        return NULL;
    }

    *(SIZE_T *)(void *)block = dwSize + page;
    if (isapihost_page_protection(flProtect) != (PROT_READ | PROT_WRITE)
        && mprotect(block + page, dwSize, isapihost_page_protection(flProtect)) != 0) {
        munmap(block, dwSize + page);
        return NULL;
    }

    return block + page;
}

static inline BOOL VirtualFree(LPVOID lpAddress, SIZE_T dwSize, DWORD dwFreeType)
{
    char *block = (char *)lpAddress - sysconf(_SC_PAGESIZE);
    if (dwFreeType == MEM_DECOMMIT) {
        return madvise(lpAddress, dwSize, MADV_DONTNEED) == 0;
    }

    return munmap(block, *(SIZE_T *)(void *)block) == 0;
}

#endif /* !_WIN32 */
#endif
