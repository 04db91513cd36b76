/* What the test modules have in common: the version call, answers in one line, numbers from the query string. */
#ifndef TESTING_H
#define TESTING_H

#include <httpext.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Defines GetExtensionVersion for a module that has nothing of its own to show there. */
#define TESTING_VERSION(description)                                                        \
    BOOL WINAPI GetExtensionVersion(HSE_VERSION_INFO *version)                              \
    {                                                                                       \
        version->dwExtensionVersion = HSE_VERSION;                                          \
        lstrcpynA(version->lpszExtensionDesc, description, HSE_MAX_EXT_DLL_NAME_LEN);       \
        return TRUE;                                                                        \
    }

/* The head, by the request of old (3): no lengths, no keep-alive. */
static inline BOOL send_head_3(EXTENSION_CONTROL_BLOCK *ecb, const char *status, const char *headers)
{
    return ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_SEND_RESPONSE_HEADER, (LPVOID)status, NULL, (LPDWORD)headers);
}

/* The head, by the request of today (1016), connection to be kept. */
static inline BOOL send_head(EXTENSION_CONTROL_BLOCK *ecb, const char *status, const char *headers)
{
    HSE_SEND_HEADER_EX_INFO info;
    info.pszStatus = status;
    info.pszHeader = headers;
    info.cchStatus = (DWORD)strlen(status);
    info.cchHeader = (DWORD)strlen(headers);
    info.fKeepConn = TRUE;
    return ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_SEND_RESPONSE_HEADER_EX, &info, NULL, NULL);
}

static inline BOOL send_text_head(EXTENSION_CONTROL_BLOCK *ecb)
{
    return send_head(ecb, "200 OK", "Content-Type: text/plain\r\n\r\n");
}

static inline BOOL write_bytes(EXTENSION_CONTROL_BLOCK *ecb, const void *bytes, DWORD count)
{
    return ecb->WriteClient(ecb->ConnID, (LPVOID)bytes, &count, HSE_IO_SYNC);
}

static inline BOOL write_text(EXTENSION_CONTROL_BLOCK *ecb, const char *text)
{
    return write_bytes(ecb, text, (DWORD)strlen(text));
}

static inline BOOL write_format(EXTENSION_CONTROL_BLOCK *ecb, const char *format, ...)
{
    char text[8192];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return write_text(ecb, text);
}

static inline BOOL done(EXTENSION_CONTROL_BLOCK *ecb, DWORD status)
{
    return ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_DONE_WITH_SESSION, &status, NULL, NULL);
}

/* Whether the query string is this word, or begins with it and goes on with "&". */
static inline BOOL variant_is(EXTENSION_CONTROL_BLOCK *ecb, const char *word)
{
    size_t length = strlen(word);
    const char *query = ecb->lpszQueryString;
    return strncmp(query, word, length) == 0 && (query[length] == '\0' || query[length] == '&');
}

/* The number of "name=NUMBER" in the query string. */
static inline long long query_number(EXTENSION_CONTROL_BLOCK *ecb, const char *name, long long otherwise)
{
    size_t length = strlen(name);
    const char *at = ecb->lpszQueryString;
    while (at != NULL && *at != '\0') {
        if (strncmp(at, name, length) == 0 && at[length] == '=') {
            return strtoll(at + length + 1, NULL, 10);
        }

        at = strchr(at, '&');
        at = at == NULL ? NULL : at + 1;
    }

    return otherwise;
}

#endif
