/*
 * The Windows base types that ISAPI sources use, for builds as a Linux shared object.
 *
 * Sizes are those of Windows, not those of the C type of the same sound: DWORD and LONG have 32 bits (never
 * "unsigned long", which has 64 on LP64), WCHAR is a UTF-16 code unit (write u"text", not L"text").
 * Structures use natural alignment and come out byte for byte as on Windows with the same pointer size.
 * A HANDLE is a file descriptor, widened to the size of a pointer. Strings that are ANSI on Windows are UTF-8.
 *
 * On Windows the real <windows.h> has all this; this file is then empty.
 */
#ifndef ISAPIHOST_TYPES_H
#define ISAPIHOST_TYPES_H
#ifndef _WIN32

/* POSIX declarations also under -std=c11, provided that this header comes first. */
#if !defined(_GNU_SOURCE) && !defined(_DEFAULT_SOURCE)
#define _DEFAULT_SOURCE 1
#endif

#include <stddef.h>
#include <stdint.h>
#ifndef __cplusplus
#include <uchar.h>
#endif

/* Calling conventions: there is one on Linux, the platform's own. */
#define WINAPI
#define APIENTRY
#define CALLBACK
#define PASCAL
#ifndef __stdcall
#define __stdcall
#endif
#ifndef __cdecl
#define __cdecl
#endif

/* __declspec(dllexport) means here what it means there: the symbol is visible, whatever -fvisibility says. */
#ifndef __declspec
#define __declspec(attribute) ISAPIHOST_DECLSPEC_##attribute
#define ISAPIHOST_DECLSPEC_dllexport __attribute__((visibility("default")))
#define ISAPIHOST_DECLSPEC_dllimport
#define ISAPIHOST_DECLSPEC_noinline __attribute__((noinline))
#define ISAPIHOST_DECLSPEC_noreturn __attribute__((noreturn))
#define ISAPIHOST_DECLSPEC_thread __thread
#endif

#define VOID void
#define CONST const
#define IN
#define OUT
#define OPTIONAL

typedef char CHAR;
typedef uint8_t BYTE, UCHAR, BOOLEAN;
typedef int16_t SHORT;
typedef uint16_t WORD, USHORT;
typedef char16_t WCHAR;
typedef int INT;
typedef unsigned int UINT;
typedef int32_t BOOL, LONG, HRESULT;
typedef uint32_t DWORD, ULONG;
typedef int64_t LONGLONG, LONG64;
typedef uint64_t ULONGLONG, DWORD64, DWORDLONG;
typedef intptr_t INT_PTR, LONG_PTR;
typedef uintptr_t UINT_PTR, ULONG_PTR, DWORD_PTR;
typedef size_t SIZE_T;
typedef float FLOAT;

typedef void *PVOID, *LPVOID, *HANDLE;
typedef const void *LPCVOID;
typedef HANDLE HINSTANCE, HMODULE, HLOCAL, HGLOBAL;
typedef HANDLE *PHANDLE, *LPHANDLE;
typedef BYTE *PBYTE, *LPBYTE;
typedef BOOL *PBOOL, *LPBOOL;
typedef WORD *PWORD, *LPWORD;
typedef DWORD *PDWORD, *LPDWORD;
typedef LONG *PLONG, *LPLONG;
typedef ULONG *PULONG;
typedef ULONG_PTR *PULONG_PTR;
typedef CHAR *PCHAR, *PSTR, *LPSTR;
typedef const CHAR *PCSTR, *LPCSTR;
typedef WCHAR *PWCHAR, *PWSTR, *LPWSTR;
typedef const WCHAR *PCWSTR, *LPCWSTR;

/* Sources that follow TCHAR are built in their ANSI form. */
typedef CHAR TCHAR;
typedef LPSTR LPTSTR;
typedef LPCSTR LPCTSTR;
#define TEXT(text) text
#define _T(text) text

typedef struct _GUID {
    uint32_t Data1;
    uint16_t Data2;
    uint16_t Data3;
    uint8_t Data4[8];
} GUID;

typedef const GUID *LPCGUID;

#ifndef FALSE
#define FALSE 0
#endif
#ifndef TRUE
#define TRUE 1
#endif

#define MAX_PATH 260
#define INFINITE 0xFFFFFFFFu
#define MAXDWORD 0xFFFFFFFFu
#define INVALID_HANDLE_VALUE ((HANDLE)(intptr_t)-1)

#define MAKEWORD(low, high) ((WORD)((WORD)(BYTE)(low) | ((WORD)(BYTE)(high) << 8)))
#define MAKELONG(low, high) ((LONG)((DWORD)(WORD)(low) | ((DWORD)(WORD)(high) << 16)))
#define LOWORD(value) ((WORD)((ULONG_PTR)(value) & 0xFFFF))
#define HIWORD(value) ((WORD)(((ULONG_PTR)(value) >> 16) & 0xFFFF))
#define LOBYTE(value) ((BYTE)((ULONG_PTR)(value) & 0xFF))
#define HIBYTE(value) ((BYTE)(((ULONG_PTR)(value) >> 8) & 0xFF))
#define UNREFERENCED_PARAMETER(parameter) ((void)(parameter))

#define S_OK ((HRESULT)0)
#define S_FALSE ((HRESULT)1)
#define E_FAIL ((HRESULT)0x80004005)
#define E_INVALIDARG ((HRESULT)0x80070057)
#define E_OUTOFMEMORY ((HRESULT)0x8007000E)
#define E_NOTIMPL ((HRESULT)0x80004001)
#define SUCCEEDED(result) ((HRESULT)(result) >= 0)
#define FAILED(result) ((HRESULT)(result) < 0)

/* DllMain compiles, but nothing calls it: a shared object starts with __attribute__((constructor)). */
#define DLL_PROCESS_DETACH 0
#define DLL_PROCESS_ATTACH 1
#define DLL_THREAD_ATTACH 2
#define DLL_THREAD_DETACH 3

/* Last errors that the host sets; always the Windows codes, on Linux too. */
#define NO_ERROR 0
#define ERROR_SUCCESS 0
#define ERROR_INVALID_FUNCTION 1
#define ERROR_FILE_NOT_FOUND 2
#define ERROR_ACCESS_DENIED 5
#define ERROR_INVALID_HANDLE 6
#define ERROR_NOT_ENOUGH_MEMORY 8
#define ERROR_INVALID_DATA 13
#define ERROR_WRITE_FAULT 29
#define ERROR_READ_FAULT 30
#define ERROR_HANDLE_EOF 38
#define ERROR_NOT_SUPPORTED 50
#define ERROR_NETNAME_DELETED 64
#define ERROR_INVALID_PARAMETER 87
#define ERROR_CALL_NOT_IMPLEMENTED 120
#define ERROR_SEM_TIMEOUT 121
#define ERROR_INSUFFICIENT_BUFFER 122
#define ERROR_MOD_NOT_FOUND 126
#define ERROR_PROC_NOT_FOUND 127
#define ERROR_BAD_ARGUMENTS 160
#define ERROR_BUSY 170
#define ERROR_BAD_EXE_FORMAT 193
#define ERROR_NO_DATA 232
#define ERROR_MORE_DATA 234
#define ERROR_OPERATION_ABORTED 995
#define ERROR_IO_PENDING 997
#define ERROR_STACK_OVERFLOW 1001
#define ERROR_NO_TOKEN 1008
#define ERROR_OLD_WIN_VERSION 1150
#define ERROR_NOT_FOUND 1168
#define ERROR_CONNECTION_ABORTED 1236
#define ERROR_INVALID_INDEX 1413
#define ERROR_TIMEOUT 1460
#define WSAEINVAL 10022
#define WSAECONNRESET 10054

/* A client certificate, from wincrypt.h: only the first three members are ever filled for HSE_REQ_GET_CERT_INFO_EX. */
#define X509_ASN_ENCODING 0x00000001
typedef void *HCERTSTORE;
typedef struct _CERT_INFO *PCERT_INFO;

typedef struct _CERT_CONTEXT {
    DWORD dwCertEncodingType;
    BYTE *pbCertEncoded;
    DWORD cbCertEncoded;
    PCERT_INFO pCertInfo;
    HCERTSTORE hCertStore;
} CERT_CONTEXT, *PCERT_CONTEXT;

typedef const CERT_CONTEXT *PCCERT_CONTEXT;

#endif /* !_WIN32 */
#endif
