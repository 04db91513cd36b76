/*
 * The interface between a web server and an ISAPI extension, version 8.0.
 *
 * One source builds for both systems:
 *
 *     gcc -shared -fPIC -I src/include -o ext.so ext.c
 *     x86_64-w64-mingw32-gcc -shared -I src/include -o ext.dll ext.c
 *     i686-w64-mingw32-gcc -shared -I src/include -o ext.dll ext.c -Wl,--kill-at
 *
 * --kill-at makes the 32-bit DLL export HttpExtensionProc and not HttpExtensionProc@4. The exports need no further
 * mark: the prototypes at the end of this file carry ISAPI_EXPORT, and a definition inherits it.
 */
#ifndef ISAPIHOST_HTTPEXT_H
#define ISAPIHOST_HTTPEXT_H

#include <windows.h>
#ifdef _WIN32
#include <wincrypt.h>
#endif

#include "httptrace.h"

#ifndef ISAPI_EXPORT
#ifdef _WIN32
#define ISAPI_EXPORT __declspec(dllexport)
#else
#define ISAPI_EXPORT __attribute__((visibility("default")))
#endif
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define HSE_VERSION_MAJOR 8
#define HSE_VERSION_MINOR 0
#define HSE_VERSION MAKELONG(HSE_VERSION_MINOR, HSE_VERSION_MAJOR)

#define HSE_LOG_BUFFER_LEN 80
#define HSE_MAX_EXT_DLL_NAME_LEN 256

/* What HttpExtensionProc returns. */
#define HSE_STATUS_SUCCESS 1
#define HSE_STATUS_SUCCESS_AND_KEEP_CONN 2
#define HSE_STATUS_PENDING 3
#define HSE_STATUS_ERROR 4

/* What TerminateExtension is told: it may refuse the first, but not the second. */
#define HSE_TERM_ADVISORY_UNLOAD 0x00000001
#define HSE_TERM_MUST_UNLOAD 0x00000002

/* Flags of WriteClient, HSE_REQ_ASYNC_READ_CLIENT, HSE_REQ_TRANSMIT_FILE and HSE_REQ_VECTOR_SEND. */
#define HSE_IO_SYNC 0x00000001
#define HSE_IO_ASYNC 0x00000002
#define HSE_IO_DISCONNECT_AFTER_SEND 0x00000004
#define HSE_IO_SEND_HEADERS 0x00000008
#define HSE_IO_NODELAY 0x00001000

/* Flags of HSE_REQ_VECTOR_SEND only. */
#define HSE_IO_FINAL_SEND 0x00000010
#define HSE_IO_CACHE_RESPONSE 0x00000020
#define HSE_IO_TRY_SKIP_CUSTOM_ERRORS 0x00000040

/* Requests of ServerSupportFunction. */
#define HSE_REQ_BASE 0
#define HSE_REQ_SEND_URL_REDIRECT_RESP 1
#define HSE_REQ_SEND_URL 2
#define HSE_REQ_SEND_RESPONSE_HEADER 3
#define HSE_REQ_DONE_WITH_SESSION 4
#define HSE_REQ_END_RESERVED 1000
#define HSE_REQ_MAP_URL_TO_PATH 1001
#define HSE_REQ_GET_SSPI_INFO 1002
#define HSE_APPEND_LOG_PARAMETER 1003
#define HSE_REQ_IO_COMPLETION 1005
#define HSE_REQ_TRANSMIT_FILE 1006
#define HSE_REQ_REFRESH_ISAPI_ACL 1007
#define HSE_REQ_IS_KEEP_CONN 1008
#define HSE_REQ_ASYNC_READ_CLIENT 1010
#define HSE_REQ_GET_IMPERSONATION_TOKEN 1011
#define HSE_REQ_MAP_URL_TO_PATH_EX 1012
#define HSE_REQ_ABORTIVE_CLOSE 1014
#define HSE_REQ_GET_CERT_INFO_EX 1015
#define HSE_REQ_SEND_RESPONSE_HEADER_EX 1016
#define HSE_REQ_CLOSE_CONNECTION 1017
#define HSE_REQ_IS_CONNECTED 1018
#define HSE_REQ_MAP_UNICODE_URL_TO_PATH 1023
#define HSE_REQ_MAP_UNICODE_URL_TO_PATH_EX 1024
#define HSE_REQ_EXEC_UNICODE_URL 1025
#define HSE_REQ_EXEC_URL 1026
#define HSE_REQ_GET_EXEC_URL_STATUS 1027
#define HSE_REQ_SEND_CUSTOM_ERROR 1028
#define HSE_REQ_IS_IN_PROCESS 1030
#define HSE_REQ_REPORT_UNHEALTHY 1032
#define HSE_REQ_NORMALIZE_URL 1033
#define HSE_REQ_VECTOR_SEND 1037
#define HSE_REQ_GET_ANONYMOUS_TOKEN 1038
#define HSE_REQ_GET_CACHE_INVALIDATION_CALLBACK 1040
#define HSE_REQ_GET_UNICODE_ANONYMOUS_TOKEN 1041
#define HSE_REQ_GET_TRACE_INFO 1042
#define HSE_REQ_SET_FLUSH_FLAG 1043
#define HSE_REQ_GET_TRACE_INFO_EX 1044
#define HSE_REQ_RAISE_TRACE_EVENT 1045
#define HSE_REQ_GET_CONFIG_OBJECT 1046
#define HSE_REQ_GET_WORKER_PROCESS_SETTINGS 1047
#define HSE_REQ_GET_PROTOCOL_MANAGER_CUSTOM_INTERFACE_CALLBACK 1048
#define HSE_REQ_CANCEL_IO 1049
#define HSE_REQ_GET_CHANNEL_BINDING_TOKEN 1050

/* What HSE_REQ_IS_IN_PROCESS stores. */
#define HSE_APP_FLAG_IN_PROCESS 0
#define HSE_APP_FLAG_ISOLATED_OOP 1
#define HSE_APP_FLAG_POOLED_OOP 2

/* HSE_URL_MAPEX_INFO.dwFlags: what may be done with the URL. */
#define HSE_URL_FLAGS_READ 0x00000001
#define HSE_URL_FLAGS_WRITE 0x00000002
#define HSE_URL_FLAGS_EXECUTE 0x00000004
#define HSE_URL_FLAGS_SSL 0x00000008
#define HSE_URL_FLAGS_DONT_CACHE 0x00000010
#define HSE_URL_FLAGS_NEGO_CERT 0x00000020
#define HSE_URL_FLAGS_REQUIRE_CERT 0x00000040
#define HSE_URL_FLAGS_MAP_CERT 0x00000080
#define HSE_URL_FLAGS_SSL128 0x00000100
#define HSE_URL_FLAGS_SCRIPT 0x00000200
#define HSE_URL_FLAGS_MASK 0x000003FF

/* HSE_EXEC_URL_INFO.dwExecUrlFlags. */
#define HSE_EXEC_URL_NO_HEADERS 0x02
#define HSE_EXEC_URL_IGNORE_CURRENT_INTERCEPTOR 0x04
#define HSE_EXEC_URL_IGNORE_VALIDATION_AND_RANGE 0x10
#define HSE_EXEC_URL_DISABLE_CUSTOM_ERROR 0x20
#define HSE_EXEC_URL_SSI_CMD 0x40
#define HSE_EXEC_URL_HTTP_CACHE_ELIGIBLE 0x80

/* HSE_VECTOR_ELEMENT.ElementType. */
#define HSE_VECTOR_ELEMENT_TYPE_MEMORY_BUFFER 0
#define HSE_VECTOR_ELEMENT_TYPE_FILE_HANDLE 1

/* Names the request in each call back into the server; its value means nothing to the extension. */
typedef LPVOID HCONN;

/* Filled by GetExtensionVersion. */
typedef struct _HSE_VERSION_INFO {
    DWORD dwExtensionVersion;
    CHAR lpszExtensionDesc[HSE_MAX_EXT_DLL_NAME_LEN];
} HSE_VERSION_INFO, *LPHSE_VERSION_INFO;

/* One request. It stays valid until HttpExtensionProc has returned or, after PENDING, until DONE_WITH_SESSION. */
typedef struct _EXTENSION_CONTROL_BLOCK {
    DWORD cbSize;
    DWORD dwVersion; /* of the server: high word major, low word minor */
    HCONN ConnID;
    DWORD dwHttpStatusCode;                /* extension: the status for the log */
    CHAR lpszLogData[HSE_LOG_BUFFER_LEN];  /* extension: a text for the log */
    LPSTR lpszMethod;
    LPSTR lpszQueryString; /* after the question mark, not decoded */
    LPSTR lpszPathInfo;
    LPSTR lpszPathTranslated;
    DWORD cbTotalBytes; /* of the body; 0xFFFFFFFF is unknown, or too many for 32 bits */
    DWORD cbAvailable;  /* bytes of the body at lpbData, the rest is read with ReadClient */
    LPBYTE lpbData;
    LPSTR lpszContentType;

    /* lpdwSize in: bytes at lpvBuffer; out: bytes used or, with ERROR_INSUFFICIENT_BUFFER, needed; the NUL counts. */
    BOOL(WINAPI *GetServerVariable)(HCONN hConn, LPSTR lpszVariableName, LPVOID lpvBuffer, LPDWORD lpdwSize);
    /* dwReserved: HSE_IO_SYNC, HSE_IO_ASYNC; 0 is synchronous. */
    BOOL(WINAPI *WriteClient)(HCONN ConnID, LPVOID Buffer, LPDWORD lpdwBytes, DWORD dwReserved);
    BOOL(WINAPI *ReadClient)(HCONN ConnID, LPVOID lpvBuffer, LPDWORD lpdwSize);
    BOOL(WINAPI *ServerSupportFunction)(HCONN hConn, DWORD dwHSERequest, LPVOID lpvBuffer, LPDWORD lpdwSize, LPDWORD lpdwDataType);
} EXTENSION_CONTROL_BLOCK, *LPEXTENSION_CONTROL_BLOCK;

/* Called once for each asynchronous operation that was started. */
typedef VOID(WINAPI *PFN_HSE_IO_COMPLETION)(EXTENSION_CONTROL_BLOCK *pECB, PVOID pContext, DWORD cbIO, DWORD dwError);

/* HSE_REQ_SEND_RESPONSE_HEADER_EX. */
typedef struct _HSE_SEND_HEADER_EX_INFO {
    LPCSTR pszStatus;
    LPCSTR pszHeader;
    DWORD cchStatus;
    DWORD cchHeader;
    BOOL fKeepConn;
} HSE_SEND_HEADER_EX_INFO, *LPHSE_SEND_HEADER_EX_INFO;

/* HSE_REQ_TRANSMIT_FILE. */
typedef struct _HSE_TF_INFO {
    PFN_HSE_IO_COMPLETION pfnHseIO; /* NULL: the one registered with HSE_REQ_IO_COMPLETION */
    PVOID pContext;
    HANDLE hFile;
    LPCSTR pszStatusCode; /* with HSE_IO_SEND_HEADERS */
    DWORD BytesToWrite;   /* 0: to the end of the file */
    DWORD Offset;
    PVOID pHead;
    DWORD HeadLength;
    PVOID pTail;
    DWORD TailLength;
    DWORD dwFlags; /* HSE_IO_... */
} HSE_TF_INFO, *LPHSE_TF_INFO;

/* HSE_REQ_VECTOR_SEND. */
typedef struct _HSE_VECTOR_ELEMENT {
    DWORD ElementType; /* HSE_VECTOR_ELEMENT_TYPE_... */
    PVOID pvContext;   /* the memory, or the file's HANDLE */
    ULONGLONG cbOffset;
    ULONGLONG cbSize; /* 0: the whole file; not allowed for memory */
} HSE_VECTOR_ELEMENT, *LPHSE_VECTOR_ELEMENT;

typedef struct _HSE_RESPONSE_VECTOR {
    DWORD dwFlags; /* HSE_IO_... */
    LPSTR pszStatus;
    LPSTR pszHeaders;
    DWORD nElementCount;
    LPHSE_VECTOR_ELEMENT lpElementArray;
} HSE_RESPONSE_VECTOR, *LPHSE_RESPONSE_VECTOR;

/* HSE_REQ_MAP_URL_TO_PATH_EX. */
typedef struct _HSE_URL_MAPEX_INFO {
    CHAR lpszPath[MAX_PATH];
    DWORD dwFlags; /* HSE_URL_FLAGS_... */
    DWORD cchMatchingPath;
    DWORD cchMatchingURL;
    DWORD dwReserved1;
    DWORD dwReserved2;
} HSE_URL_MAPEX_INFO, *LPHSE_URL_MAPEX_INFO;

/* HSE_REQ_MAP_UNICODE_URL_TO_PATH_EX: no reserved members in this one. */
typedef struct _HSE_UNICODE_URL_MAPEX_INFO {
    WCHAR lpszPath[MAX_PATH];
    DWORD dwFlags;
    DWORD cchMatchingPath;
    DWORD cchMatchingURL;
} HSE_UNICODE_URL_MAPEX_INFO, *LPHSE_UNICODE_URL_MAPEX_INFO;

/* HSE_REQ_EXEC_URL. A NULL member means: as in the parent request. */
typedef struct _HSE_EXEC_URL_USER_INFO {
    HANDLE hImpersonationToken;
    LPSTR pszCustomUserName;
    LPSTR pszCustomAuthType;
} HSE_EXEC_URL_USER_INFO, *LPHSE_EXEC_URL_USER_INFO;

typedef struct _HSE_EXEC_URL_ENTITY_INFO {
    DWORD cbAvailable;
    LPVOID lpbData;
} HSE_EXEC_URL_ENTITY_INFO, *LPHSE_EXEC_URL_ENTITY_INFO;

typedef struct _HSE_EXEC_URL_INFO {
    LPSTR pszUrl;
    LPSTR pszMethod;
    LPSTR pszChildHeaders;
    LPHSE_EXEC_URL_USER_INFO pUserInfo;
    LPHSE_EXEC_URL_ENTITY_INFO pEntity;
    DWORD dwExecUrlFlags; /* HSE_EXEC_URL_... */
} HSE_EXEC_URL_INFO, *LPHSE_EXEC_URL_INFO;

/* HSE_REQ_GET_EXEC_URL_STATUS. */
typedef struct _HSE_EXEC_URL_STATUS {
    USHORT uHttpStatusCode;
    USHORT uHttpSubStatus;
    DWORD dwWin32Error;
} HSE_EXEC_URL_STATUS, *LPHSE_EXEC_URL_STATUS;

/* HSE_REQ_EXEC_UNICODE_URL: only the URL and the user name are wide. */
typedef struct _HSE_EXEC_UNICODE_URL_USER_INFO {
    HANDLE hImpersonationToken;
    LPWSTR pszCustomUserName;
    LPSTR pszCustomAuthType;
} HSE_EXEC_UNICODE_URL_USER_INFO, *LPHSE_EXEC_UNICODE_URL_USER_INFO;

typedef struct _HSE_EXEC_UNICODE_URL_INFO {
    LPWSTR pszUrl;
    LPSTR pszMethod;
    LPSTR pszChildHeaders;
    LPHSE_EXEC_UNICODE_URL_USER_INFO pUserInfo;
    LPHSE_EXEC_URL_ENTITY_INFO pEntity;
    DWORD dwExecUrlFlags;
} HSE_EXEC_UNICODE_URL_INFO, *LPHSE_EXEC_UNICODE_URL_INFO;

/* HSE_REQ_SEND_CUSTOM_ERROR. */
typedef struct _HSE_CUSTOM_ERROR_INFO {
    CHAR *pszStatus;
    USHORT uHttpSubError;
    BOOL fAsync;
} HSE_CUSTOM_ERROR_INFO, *LPHSE_CUSTOM_ERROR_INFO;

/* HSE_REQ_GET_CERT_INFO_EX: the caller sets CertContext.pbCertEncoded and cbAllocated, its size. */
typedef struct _CERT_CONTEXT_EX {
    CERT_CONTEXT CertContext;
    DWORD cbAllocated;
    DWORD dwCertificateFlags;
} CERT_CONTEXT_EX;

/* HSE_REQ_GET_TRACE_INFO. */
typedef struct _HSE_TRACE_INFO {
    BOOL fTraceRequest;
    BYTE TraceContextId[16];
    DWORD dwReserved1;
    DWORD dwReserved2;
} HSE_TRACE_INFO, *LPHSE_TRACE_INFO;

/* HSE_REQ_GET_CACHE_INVALIDATION_CALLBACK stores one of these; the URL is the value of UNICODE_CACHE_URL. */
typedef HRESULT(WINAPI *PFN_HSE_CACHE_INVALIDATION_CALLBACK)(WCHAR *pszUrl);

/* HSE_REQ_GET_PROTOCOL_MANAGER_CUSTOM_INTERFACE_CALLBACK. */
typedef HRESULT(WINAPI *PFN_HSE_GET_PROTOCOL_MANAGER_CUSTOM_INTERFACE_CALLBACK)(
    LPCWSTR pszProtocolManagerDll, LPCWSTR pszProtocolManagerDllInitFunction, DWORD dwCustomInterfaceId, PVOID *ppCustomInterface);

/* What an extension exports; TerminateExtension is optional. */
typedef BOOL(WINAPI *PFN_GETEXTENSIONVERSION)(HSE_VERSION_INFO *pVer);
typedef DWORD(WINAPI *PFN_HTTPEXTENSIONPROC)(EXTENSION_CONTROL_BLOCK *pECB);
typedef BOOL(WINAPI *PFN_TERMINATEEXTENSION)(DWORD dwFlags);

ISAPI_EXPORT BOOL WINAPI GetExtensionVersion(HSE_VERSION_INFO *pVer);
ISAPI_EXPORT DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *pECB);
ISAPI_EXPORT BOOL WINAPI TerminateExtension(DWORD dwFlags);

#ifdef __cplusplus
}
#endif

#endif
