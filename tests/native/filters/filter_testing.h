/* What the test filters have in common. */
#ifndef FILTER_TESTING_H
#define FILTER_TESTING_H

#include <httpfilt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "../testing.h"

/* Defines GetFilterVersion. */
#define FILTER_VERSION(description, flags)                                              \
    BOOL WINAPI GetFilterVersion(HTTP_FILTER_VERSION *version)                          \
    {                                                                                   \
        version->dwFilterVersion = HTTP_FILTER_REVISION;                                \
        lstrcpynA(version->lpszFilterDesc, description, SF_MAX_FILTER_DESC_LEN);        \
        version->dwFlags = (flags);                                                     \
        return TRUE;                                                                    \
    }

static inline BOOL filter_head(HTTP_FILTER_CONTEXT *pfc, const char *status, const char *headers)
{
    return pfc->ServerSupportFunction(pfc, SF_REQ_SEND_RESPONSE_HEADER, (PVOID)status, (ULONG_PTR)headers, 0);
}

static inline BOOL filter_write(HTTP_FILTER_CONTEXT *pfc, const char *text)
{
    DWORD count = (DWORD)strlen(text);
    return pfc->WriteClient(pfc, (LPVOID)text, &count, 0);
}

/* An answer with its length, so that the connection can be kept. */
static inline void filter_answer(HTTP_FILTER_CONTEXT *pfc, const char *status, const char *text)
{
    char headers[128];
    snprintf(headers, sizeof headers, "Content-Type: text/plain\r\nContent-Length: %u\r\n\r\n", (unsigned)strlen(text));
    filter_head(pfc, status, headers);
    filter_write(pfc, text);
}

/* The URL in PREPROC_HEADERS; empty when it cannot be had. */
static inline char *get_url(HTTP_FILTER_CONTEXT *pfc, HTTP_FILTER_PREPROC_HEADERS *headers, char *buffer, DWORD size)
{
    if (!headers->GetHeader(pfc, (LPSTR)"url", buffer, &size)) {
        buffer[0] = '\0';
    }

    return buffer;
}

#endif
