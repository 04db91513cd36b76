/*
 * Trace requests of ISAPI extensions (HSE_REQ_GET_TRACE_INFO_EX, HSE_REQ_RAISE_TRACE_EVENT); httpext.h includes it.
 */
#ifndef ISAPIHOST_HTTPTRACE_H
#define ISAPIHOST_HTTPTRACE_H

#include <windows.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Levels above the five of Event Tracing for Windows. */
#define HTTP_TRACE_LEVEL_START 6
#define HTTP_TRACE_LEVEL_END 7

/* The names and descriptions of an event outlive the call: they need not be copied. */
#define HTTP_TRACE_EVENT_FLAG_STATIC_DESCRIPTIVE_FIELDS 0x01

/* How HTTP_TRACE_EVENT_ITEM.pbData is to be read; the numbers are those of VARTYPE. */
typedef enum _HTTP_TRACE_TYPE {
    HTTP_TRACE_TYPE_SHORT = 2,
    HTTP_TRACE_TYPE_LONG = 3,
    HTTP_TRACE_TYPE_BOOL = 11,
    HTTP_TRACE_TYPE_CHAR = 16,
    HTTP_TRACE_TYPE_BYTE = 17,
    HTTP_TRACE_TYPE_USHORT = 18,
    HTTP_TRACE_TYPE_ULONG = 19,
    HTTP_TRACE_TYPE_LONGLONG = 20,
    HTTP_TRACE_TYPE_ULONGLONG = 21,
    HTTP_TRACE_TYPE_LPCSTR = 30,
    HTTP_TRACE_TYPE_LPCWSTR = 31,
    HTTP_TRACE_TYPE_LPCGUID = 72
} HTTP_TRACE_TYPE;

typedef struct _HTTP_TRACE_EVENT_ITEM {
    LPCWSTR pszName;
    HTTP_TRACE_TYPE dwDataType;
    PBYTE pbData;
    DWORD cbData; /* bytes at pbData */
    LPCWSTR pszDataDescription;
} HTTP_TRACE_EVENT_ITEM;

typedef struct _HTTP_TRACE_EVENT {
    LPCGUID pProviderGuid;
    DWORD dwArea;
    LPCGUID pAreaGuid;
    DWORD dwEvent;
    LPCWSTR pszEventName;
    DWORD dwEventVersion;
    DWORD dwVerbosity;
    LPCGUID pActivityGuid;
    LPCGUID pRelatedActivityGuid;
    DWORD dwTimeStamp;
    DWORD dwFlags;     /* HTTP_TRACE_EVENT_FLAG_... */
    DWORD cEventItems; /* 16 at most */
    HTTP_TRACE_EVENT_ITEM *pEventItems;
} HTTP_TRACE_EVENT;

/* In: the provider. Out: whether it is listened to, and if so to what. */
typedef struct _HTTP_TRACE_CONFIGURATION {
    LPCGUID pProviderGuid;
    DWORD dwAreas;
    DWORD dwVerbosity;
    BOOL fProviderEnabled;
} HTTP_TRACE_CONFIGURATION;

#ifdef __cplusplus
}
#endif

#endif
