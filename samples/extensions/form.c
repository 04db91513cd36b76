/*
 * Reads a form: shows one for GET, and for POST tells the fields and the uploaded files with their sizes.
 *
 *     curl "http://localhost:8080/form.so" -d "name=Ada&town=London"
 *     curl "http://localhost:8080/form.so" -F "name=Ada" -F "picture=@photo.jpg"
 */
#include <httpext.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST_BODY = 64 * 1024 * 1024 };

BOOL WINAPI GetExtensionVersion(HSE_VERSION_INFO *version)
{
    version->dwExtensionVersion = HSE_VERSION;
    lstrcpynA(version->lpszExtensionDesc, "form: reads fields and uploads", HSE_MAX_EXT_DLL_NAME_LEN);
    return TRUE;
}

static BOOL send_head(EXTENSION_CONTROL_BLOCK *ecb, const char *status, const char *headers)
{
    HSE_SEND_HEADER_EX_INFO head;
    head.pszStatus = status;
    head.cchStatus = (DWORD)strlen(status);
    head.pszHeader = headers;
    head.cchHeader = (DWORD)strlen(headers);
    head.fKeepConn = TRUE;
    return ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_SEND_RESPONSE_HEADER_EX, &head, NULL, NULL);
}

static BOOL print(EXTENSION_CONTROL_BLOCK *ecb, const char *format, ...)
{
    char text[2048];
    va_list arguments;
    DWORD size;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    size = (DWORD)strlen(text);
    return ecb->WriteClient(ecb->ConnID, text, &size, HSE_IO_SYNC);
}

/*
 * Gives the whole body with a NUL behind it, or NULL; the caller frees it. Its beginning is at lpbData already, ReadClient
 * gives the rest. The total is 0xFFFFFFFF for a chunked upload: then the end is where ReadClient gives 0 bytes.
 */
static char *read_body(EXTENSION_CONTROL_BLOCK *ecb, size_t *length)
{
    size_t total = ecb->cbTotalBytes, capacity, used = ecb->cbAvailable;
    BOOL unknown = ecb->cbTotalBytes == 0xFFFFFFFF;
    char *body;

    if (!unknown && total > LARGEST_BODY) {
        return NULL;
    }

    capacity = unknown ? LARGEST_BODY : total;
    body = malloc(capacity + 1);
    if (body == NULL) {
        return NULL;
    }

    if (used > 0) {
        memcpy(body, ecb->lpbData, used);
    }

    while (used < capacity) {
        DWORD size = (DWORD)(capacity - used);
        if (!ecb->ReadClient(ecb->ConnID, body + used, &size) || size == 0) {
            break;
        }

        used += size;
    }

    if (!unknown && used < total) {
        free(body); /* the client left before the end */
        return NULL;
    }

    body[used] = '\0';
    *length = used;
    return body;
}

static int hex(char digit)
{
    const char *digits = "0123456789abcdef";
    const char *at = digit == '\0' ? NULL : strchr(digits, digit | 0x20);
    return at == NULL ? -1 : (int)(at - digits);
}

/* "a+b%21" becomes "a b!", in place. */
static void decode(char *text)
{
    char *to = text;
    for (; *text != '\0'; text++) {
        if (*text == '%' && hex(text[1]) >= 0 && hex(text[2]) >= 0) {
            *to++ = (char)(hex(text[1]) * 16 + hex(text[2]));
            text += 2;
        } else {
            *to++ = *text == '+' ? ' ' : *text;
        }
    }

    *to = '\0';
}

static void show_fields(EXTENSION_CONTROL_BLOCK *ecb, char *body)
{
    char *field = body;
    while (field != NULL && *field != '\0') {
        char *next = strchr(field, '&'), *value;
        if (next != NULL) {
            *next++ = '\0';
        }

        value = strchr(field, '=');
        if (value != NULL) {
            *value++ = '\0';
            decode(value);
        }

        decode(field);
        print(ecb, "field %.200s = %.1000s\n", field, value != NULL ? value : "");
        field = next;
    }
}

/* memmem, which Windows has not. */
static char *find(char *from, const char *end, const char *what, size_t length)
{
    for (; from + length <= end; from++) {
        if (memcmp(from, what, length) == 0) {
            return from;
        }
    }

    return NULL;
}

/* The value of name="…" in a part's head, "" when there is none. */
static void parameter(char *head, const char *end, const char *name, char value[200])
{
    size_t length = strlen(name), used = 0;
    char *at = find(head, end, name, length);
    value[0] = '\0';
    if (at != NULL) {
        for (at += length; at < end && *at != '"' && used < 199; at++) {
            value[used++] = *at;
        }

        value[used] = '\0';
    }
}

static void show_parts(EXTENSION_CONTROL_BLOCK *ecb, char *body, size_t length)
{
    char boundary[256], name[200], file[200];
    const char *end = body + length, *given = strstr(ecb->lpszContentType, "boundary=");
    char *part;
    int marks;

    if (given == NULL) {
        return;
    }

    given += strlen("boundary=");
    given += *given == '"';
    marks = snprintf(boundary, sizeof boundary, "\r\n--%.*s", (int)strcspn(given, "\";, "), given);
    if (marks >= (int)sizeof boundary) {
        return; /* longer than any boundary may be */
    }

    part = find(body, end, boundary + 2, (size_t)marks - 2);
    while (part != NULL) {
        char *next, *data;
        part += marks - 2;
        next = find(part, end, boundary, (size_t)marks);
        data = find(part, end, "\r\n\r\n", 4);
        if (next == NULL || data == NULL || data + 4 > next) {
            return;
        }

        data += 4;
        parameter(part, data, " name=\"", name);
        parameter(part, data, " filename=\"", file);
        if (file[0] != '\0') {
            print(ecb, "file %s = %s, %lu bytes\n", name, file, (unsigned long)(next - data));
        } else {
            print(ecb, "field %s = %.*s\n", name, (int)(next - data < 1000 ? next - data : 1000), data);
        }

        part = next + 2;
    }
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    size_t length = 0;
    char *body;

    if (strcmp(ecb->lpszMethod, "POST") != 0) {
        send_head(ecb, "200 OK", "Content-Type: text/html; charset=utf-8\r\n\r\n");
        print(ecb, "<!doctype html><title>Form</title><form method=post enctype=multipart/form-data>"
                   "<p><input name=name> <input type=file name=file> <button>Send</button></form>\n");
        return HSE_STATUS_SUCCESS;
    }

    body = read_body(ecb, &length);
    if (body == NULL) {
        send_head(ecb, "413 Content Too Large", "Content-Type: text/plain\r\n\r\n");
        print(ecb, "The body is too large, or did not arrive whole.\n");
        return HSE_STATUS_SUCCESS;
    }

    send_head(ecb, "200 OK", "Content-Type: text/plain; charset=utf-8\r\n\r\n");
    print(ecb, "%lu bytes of %.200s\n", (unsigned long)length, ecb->lpszContentType);
    if (strncmp(ecb->lpszContentType, "application/x-www-form-urlencoded", 33) == 0) {
        show_fields(ecb, body);
    } else if (strncmp(ecb->lpszContentType, "multipart/form-data", 19) == 0) {
        show_parts(ecb, body, length);
    }

    free(body);
    return HSE_STATUS_SUCCESS;
}
