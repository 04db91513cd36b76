/*
 * The interface between a web server and an ISAPI filter, revision 10.0. How to build: see httpext.h.
 *
 * One library may be extension and filter at once: include both headers and export both sets of functions.
 */
#ifndef ISAPIHOST_HTTPFILT_H
#define ISAPIHOST_HTTPFILT_H

#include <windows.h>

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

#define HTTP_FILTER_REVISION MAKELONG(0, 10)

/* Sizes of buffers in characters, with the NUL. */
#define SF_MAX_USERNAME 257
#define SF_MAX_PASSWORD 257
#define SF_MAX_AUTH_TYPE 33
#define SF_MAX_FILTER_DESC_LEN 257

/* Requests of ServerSupportFunction. */
enum SF_REQ_TYPE {
    SF_REQ_SEND_RESPONSE_HEADER = 0,
    SF_REQ_ADD_HEADERS_ON_DENIAL = 1,
    SF_REQ_SET_NEXT_READ_SIZE = 2,
    SF_REQ_SET_PROXY_INFO = 3,
    SF_REQ_GET_CONNID = 4,
    SF_REQ_SET_CERTIFICATE_INFO = 5,
    SF_REQ_GET_PROPERTY = 6,
    SF_REQ_NORMALIZE_URL = 7,
    SF_REQ_DISABLE_NOTIFICATIONS = 8
};

/* What SF_REQ_GET_PROPERTY can ask for. */
enum SF_PROPERTY_IIS {
    SF_PROPERTY_SSL_CTXT = 0,
    SF_PROPERTY_INSTANCE_NUM_ID = 1
};

/* What HttpFilterProc returns. */
enum SF_STATUS_TYPE {
    SF_STATUS_REQ_FINISHED = 0x08000000,
    SF_STATUS_REQ_FINISHED_KEEP_CONN = 0x08000001,
    SF_STATUS_REQ_NEXT_NOTIFICATION = 0x08000002,
    SF_STATUS_REQ_HANDLED_NOTIFICATION = 0x08000003,
    SF_STATUS_REQ_ERROR = 0x08000004,
    SF_STATUS_REQ_READ_NEXT = 0x08000005
};

/* Events, and the connections and the priority for which a filter registers: HTTP_FILTER_VERSION.dwFlags. */
#define SF_NOTIFY_SECURE_PORT 0x00000001
#define SF_NOTIFY_NONSECURE_PORT 0x00000002
#define SF_NOTIFY_SEND_RESPONSE 0x00000040
#define SF_NOTIFY_END_OF_REQUEST 0x00000080
#define SF_NOTIFY_END_OF_NET_SESSION 0x00000100
#define SF_NOTIFY_LOG 0x00000200
#define SF_NOTIFY_SEND_RAW_DATA 0x00000400
#define SF_NOTIFY_ACCESS_DENIED 0x00000800
#define SF_NOTIFY_URL_MAP 0x00001000
#define SF_NOTIFY_AUTHENTICATION 0x00002000
#define SF_NOTIFY_PREPROC_HEADERS 0x00004000
#define SF_NOTIFY_READ_RAW_DATA 0x00008000
#define SF_NOTIFY_AUTH_COMPLETE 0x04000000

#define SF_NOTIFY_ORDER_LOW 0x00020000
#define SF_NOTIFY_ORDER_MEDIUM 0x00040000
#define SF_NOTIFY_ORDER_HIGH 0x00080000
#define SF_NOTIFY_ORDER_DEFAULT SF_NOTIFY_ORDER_LOW
#define SF_NOTIFY_ORDER_MASK 0x000E0000

/* HTTP_FILTER_ACCESS_DENIED.dwReason; BY_CONFIG can come together with LOGON. */
#define SF_DENIED_LOGON 0x00000001
#define SF_DENIED_RESOURCE 0x00000002
#define SF_DENIED_FILTER 0x00000004
#define SF_DENIED_APPLICATION 0x00000008
#define SF_DENIED_BY_CONFIG 0x00010000

/* One filter on one connection; the same pointer comes with every event of the connection. */
typedef struct _HTTP_FILTER_CONTEXT {
    DWORD cbSize;
    DWORD Revision;
    PVOID ServerContext; /* the server's */
    DWORD ulReserved;    /* the server's */
    BOOL fIsSecurePort;
    PVOID pFilterContext; /* the filter's: it keeps its value as long as the connection lives */

    BOOL(WINAPI *GetServerVariable)(struct _HTTP_FILTER_CONTEXT *pfc, LPSTR lpszVariableName, LPVOID lpvBuffer, LPDWORD lpdwSize);
    BOOL(WINAPI *AddResponseHeaders)(struct _HTTP_FILTER_CONTEXT *pfc, LPSTR lpszHeaders, DWORD dwReserved);
    BOOL(WINAPI *WriteClient)(struct _HTTP_FILTER_CONTEXT *pfc, LPVOID Buffer, LPDWORD lpdwBytes, DWORD dwReserved);
    /* Memory that the server frees when the connection ends. */
    VOID *(WINAPI *AllocMem)(struct _HTTP_FILTER_CONTEXT *pfc, DWORD cbSize, DWORD dwReserved);
    BOOL(WINAPI *ServerSupportFunction)(struct _HTTP_FILTER_CONTEXT *pfc, enum SF_REQ_TYPE sfReq, PVOID pData, ULONG_PTR ul1, ULONG_PTR ul2);
} HTTP_FILTER_CONTEXT, *PHTTP_FILTER_CONTEXT;

/* SF_NOTIFY_READ_RAW_DATA, SF_NOTIFY_SEND_RAW_DATA. */
typedef struct _HTTP_FILTER_RAW_DATA {
    PVOID pvInData;
    DWORD cbInData;   /* bytes of data */
    DWORD cbInBuffer; /* bytes of memory */
    DWORD dwReserved;
} HTTP_FILTER_RAW_DATA, *PHTTP_FILTER_RAW_DATA;

/* SF_NOTIFY_PREPROC_HEADERS. Header names end in a colon; "url", "method", "version" and "status" have none. */
typedef struct _HTTP_FILTER_PREPROC_HEADERS {
    BOOL(WINAPI *GetHeader)(struct _HTTP_FILTER_CONTEXT *pfc, LPSTR lpszName, LPVOID lpvBuffer, LPDWORD lpdwSize);
    BOOL(WINAPI *SetHeader)(struct _HTTP_FILTER_CONTEXT *pfc, LPSTR lpszName, LPSTR lpszValue);
    BOOL(WINAPI *AddHeader)(struct _HTTP_FILTER_CONTEXT *pfc, LPSTR lpszName, LPSTR lpszValue);
    DWORD HttpStatus; /* SF_NOTIFY_SEND_RESPONSE only */
    DWORD dwReserved;
} HTTP_FILTER_PREPROC_HEADERS, *PHTTP_FILTER_PREPROC_HEADERS;

/* SF_NOTIFY_SEND_RESPONSE. */
typedef HTTP_FILTER_PREPROC_HEADERS HTTP_FILTER_SEND_RESPONSE;
typedef HTTP_FILTER_PREPROC_HEADERS *PHTTP_FILTER_SEND_RESPONSE;

/* SF_NOTIFY_AUTHENTICATION: the filter may change both in place. */
typedef struct _HTTP_FILTER_AUTHENT {
    CHAR *pszUser;
    DWORD cbUserBuff;
    CHAR *pszPassword;
    DWORD cbPasswordBuff;
} HTTP_FILTER_AUTHENT, *PHTTP_FILTER_AUTHENT;

/* SF_NOTIFY_URL_MAP: the filter may change the path in place. */
typedef struct _HTTP_FILTER_URL_MAP {
    const CHAR *pszURL;
    CHAR *pszPhysicalPath;
    DWORD cbPathBuff;
} HTTP_FILTER_URL_MAP, *PHTTP_FILTER_URL_MAP;

/* What SF_NOTIFY_URL_MAP passes in truth: the same three members first. */
typedef struct _HTTP_FILTER_URL_MAP_EX {
    const CHAR *pszURL;
    CHAR *pszPhysicalPath;
    DWORD cbPathBuff;
    DWORD dwFlags; /* HSE_URL_FLAGS_... */
    DWORD cchMatchingPath;
    DWORD cchMatchingURL;
    const CHAR *pszScriptMapEntry;
} HTTP_FILTER_URL_MAP_EX, *PHTTP_FILTER_URL_MAP_EX;

/* SF_NOTIFY_ACCESS_DENIED. */
typedef struct _HTTP_FILTER_ACCESS_DENIED {
    const CHAR *pszURL;
    const CHAR *pszPhysicalPath;
    DWORD dwReason; /* SF_DENIED_... */
} HTTP_FILTER_ACCESS_DENIED, *PHTTP_FILTER_ACCESS_DENIED;

/* SF_NOTIFY_LOG: a pointer may be replaced, its text must not be written to. */
typedef struct _HTTP_FILTER_LOG {
    const CHAR *pszClientHostName;
    const CHAR *pszClientUserName;
    const CHAR *pszServerName;
    const CHAR *pszOperation;
    const CHAR *pszTarget;
    const CHAR *pszParameters;
    DWORD dwHttpStatus;
    DWORD dwWin32Status;
    DWORD dwBytesSent;
    DWORD dwBytesRecvd;
    DWORD msTimeForProcessing;
} HTTP_FILTER_LOG, *PHTTP_FILTER_LOG;

/* SF_NOTIFY_AUTH_COMPLETE. */
typedef struct _HTTP_FILTER_AUTH_COMPLETE_INFO {
    BOOL(WINAPI *GetHeader)(struct _HTTP_FILTER_CONTEXT *pfc, LPSTR lpszName, LPVOID lpvBuffer, LPDWORD lpdwSize);
    BOOL(WINAPI *SetHeader)(struct _HTTP_FILTER_CONTEXT *pfc, LPSTR lpszName, LPSTR lpszValue);
    BOOL(WINAPI *AddHeader)(struct _HTTP_FILTER_CONTEXT *pfc, LPSTR lpszName, LPSTR lpszValue);
    BOOL(WINAPI *GetUserToken)(struct _HTTP_FILTER_CONTEXT *pfc, HANDLE *phToken);
    DWORD HttpStatus;
    BOOL fResetAuth;
    DWORD dwReserved;
} HTTP_FILTER_AUTH_COMPLETE_INFO, *PHTTP_FILTER_AUTH_COMPLETE_INFO;

/* GetFilterVersion: the server gives its own version, the filter the other three. */
typedef struct _HTTP_FILTER_VERSION {
    DWORD dwServerFilterVersion;
    DWORD dwFilterVersion;
    CHAR lpszFilterDesc[SF_MAX_FILTER_DESC_LEN];
    DWORD dwFlags; /* SF_NOTIFY_... */
} HTTP_FILTER_VERSION, *PHTTP_FILTER_VERSION;

/* What a filter exports; TerminateFilter is optional. */
ISAPI_EXPORT BOOL WINAPI GetFilterVersion(HTTP_FILTER_VERSION *pVer);
ISAPI_EXPORT DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD NotificationType, VOID *pvNotification);
ISAPI_EXPORT BOOL WINAPI TerminateFilter(DWORD dwFlags);

#ifdef __cplusplus
}
#endif

#endif
