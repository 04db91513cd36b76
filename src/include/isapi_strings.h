/*
 * The bounded string functions of Microsoft's C library (strcpy_s and its brothers), for Linux. Where Microsoft's end the process because
 * an argument is invalid or a buffer too small, these leave an empty string and return the error.
 */
#ifndef ISAPIHOST_STRINGS_H
#define ISAPIHOST_STRINGS_H
#ifndef _WIN32

#include "isapi_types.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

typedef int errno_t;
typedef size_t rsize_t;

#define _TRUNCATE ((size_t)-1)
#ifndef STRUNCATE
#define STRUNCATE 80
#endif

#define _MAX_PATH MAX_PATH
#define _countof(array) (sizeof(array) / sizeof((array)[0]))
#define ARRAYSIZE(array) _countof(array)

#define _vsnprintf vsnprintf
#define _strcmpi strcasecmp
#define strcmpi strcasecmp
#define _atoi64 atoll
#define _strtoi64 strtoll
#define _strtoui64 strtoull

static inline errno_t isapihost_string_error(char *target, size_t size, errno_t error)
{
    if (target != NULL && size > 0) {
        target[0] = '\0';
    }

    errno = error;
    return error;
}

/* Copies count characters at most; _TRUNCATE copies what fits and returns STRUNCATE if that is not all. */
static inline errno_t strncpy_s(char *target, size_t size, const char *source, size_t count)
{
    size_t at;
    if (target == NULL || size == 0 || source == NULL) {
        return isapihost_string_error(target, size, EINVAL);
    }

    for (at = 0; at < size - 1 && at < count && source[at] != '\0'; at++) {
        target[at] = source[at];
    }

    target[at] = '\0';
    if (at == count || source[at] == '\0') {
        return 0;
    }

    return count == _TRUNCATE ? STRUNCATE : isapihost_string_error(target, size, ERANGE);
}

static inline errno_t strcpy_s(char *target, size_t size, const char *source)
{
    return strncpy_s(target, size, source, (size_t)-2); /* all of it, and not less */
}

static inline errno_t strncat_s(char *target, size_t size, const char *source, size_t count)
{
    size_t used = target == NULL ? size : strnlen(target, size);
    errno_t error;
    if (used == size || source == NULL) {
        return isapihost_string_error(target, size, EINVAL);
    }

    error = strncpy_s(target + used, size - used, source, count);
    return error == 0 || error == STRUNCATE ? error : isapihost_string_error(target, size, error);
}

static inline errno_t strcat_s(char *target, size_t size, const char *source)
{
    return strncat_s(target, size, source, (size_t)-2);
}

/* As _snprintf of old: no NUL at the end when the text fills the buffer is not imitated, there is always one. */
static inline int _vsnprintf_s(char *target, size_t size, size_t count, const char *format, va_list arguments)
{
    size_t room = count == _TRUNCATE || count >= size ? size : count + 1;
    int length;
    if (target == NULL || size == 0 || format == NULL) {
        isapihost_string_error(target, size, EINVAL);
        return -1;
    }

    length = vsnprintf(target, room, format, arguments);
    if (length >= 0 && (size_t)length < room) {
        return length;
    }

    if (count != _TRUNCATE && count >= size) {
        isapihost_string_error(target, size, ERANGE);
    }

    return -1;
}

static inline int vsprintf_s(char *target, size_t size, const char *format, va_list arguments)
{
    return _vsnprintf_s(target, size, size, format, arguments);
}

#define vsnprintf_s _vsnprintf_s

__attribute__((format(printf, 4, 5))) static inline int _snprintf_s(char *target, size_t size, size_t count, const char *format, ...)
{
    va_list arguments;
    int length;
    va_start(arguments, format);
    length = _vsnprintf_s(target, size, count, format, arguments);
    va_end(arguments);
    return length;
}

__attribute__((format(printf, 3, 4))) static inline int sprintf_s(char *target, size_t size, const char *format, ...)
{
    va_list arguments;
    int length;
    va_start(arguments, format);
    length = _vsnprintf_s(target, size, size, format, arguments);
    va_end(arguments);
    return length;
}

#define strtok_s strtok_r
#define sscanf_s sscanf /* the same for numbers; %s and %c of sscanf_s want a size behind the pointer, which sscanf does not take */

static inline errno_t memcpy_s(void *target, size_t size, const void *source, size_t count)
{
    if (count > size) {
        if (target != NULL) {
            memset(target, 0, size);
        }

        return ERANGE;
    }

    memcpy(target, source, count);
    return 0;
}

static inline errno_t memmove_s(void *target, size_t size, const void *source, size_t count)
{
    if (count > size) {
        return ERANGE;
    }

    memmove(target, source, count);
    return 0;
}

static inline errno_t fopen_s(FILE **file, const char *name, const char *mode)
{
    *file = fopen(name, mode);
    return *file != NULL ? 0 : errno;
}

static inline errno_t localtime_s(struct tm *result, const time_t *time)
{
    return localtime_r(time, result) != NULL ? 0 : EINVAL;
}

static inline errno_t gmtime_s(struct tm *result, const time_t *time)
{
    return gmtime_r(time, result) != NULL ? 0 : EINVAL;
}

static inline errno_t _dupenv_s(char **value, size_t *size, const char *name)
{
    const char *found = getenv(name);
    *value = found != NULL ? strdup(found) : NULL;
    if (size != NULL) {
        *size = *value != NULL ? strlen(*value) + 1 : 0;
    }

    return found != NULL && *value == NULL ? ENOMEM : 0;
}

static inline errno_t getenv_s(size_t *needed, char *target, size_t size, const char *name)
{
    const char *found = getenv(name);
    *needed = found != NULL ? strlen(found) + 1 : 0;
    if (found == NULL) {
        return isapihost_string_error(target, size, 0);
    }

    return size == 0 ? 0 : strcpy_s(target, size, found);
}

static inline errno_t _ui64toa_s(unsigned long long value, char *target, size_t size, int radix)
{
    char digits[65];
    size_t at = sizeof digits - 1;
    if (radix < 2 || radix > 36) {
        return isapihost_string_error(target, size, EINVAL);
    }

    digits[at] = '\0';
    do {
        digits[--at] = "0123456789abcdefghijklmnopqrstuvwxyz"[value % (unsigned)radix];
        value /= (unsigned)radix;
    } while (value != 0);
    return strcpy_s(target, size, digits + at);
}

/* Only radix 10 has a sign; others show the 32 bits. */
static inline errno_t _itoa_s(int value, char *target, size_t size, int radix)
{
    if (radix == 10 && value < 0 && size > 1) {
        errno_t error = _ui64toa_s(0ull - (unsigned long long)(long long)value, target + 1, size - 1, radix);
        target[0] = error == 0 ? '-' : '\0';
        return error;
    }

    return _ui64toa_s((unsigned)value, target, size, radix);
}

static inline char *_itoa(int value, char *target, int radix)
{
    _itoa_s(value, target, 34, radix);
    return target;
}

static inline char *_ultoa(DWORD value, char *target, int radix)
{
    _ui64toa_s(value, target, 33, radix);
    return target;
}

#define itoa _itoa
#define ultoa _ultoa
#define _ltoa _itoa
#define ltoa _itoa
#define _ltoa_s _itoa_s

static inline char *_strlwr(char *text)
{
    char *at;
    for (at = text; *at != '\0'; at++) {
        *at = (char)tolower((unsigned char)*at);
    }

    return text;
}

static inline char *_strupr(char *text)
{
    char *at;
    for (at = text; *at != '\0'; at++) {
        *at = (char)toupper((unsigned char)*at);
    }

    return text;
}

#define strlwr _strlwr
#define strupr _strupr
#define CharLowerA _strlwr
#define CharUpperA _strupr
#define CharLower _strlwr
#define CharUpper _strupr

/* At most 1024 bytes, as on Windows; the caller's buffer must have them. */
__attribute__((format(printf, 2, 3))) static inline int wsprintfA(LPSTR target, LPCSTR format, ...)
{
    va_list arguments;
    int length;
    va_start(arguments, format);
    length = vsnprintf(target, 1024, format, arguments);
    va_end(arguments);
    return length;
}

#define wsprintf wsprintfA
#define wvsprintfA(target, format, arguments) vsnprintf((target), 1024, (format), (arguments))
#define wvsprintf wvsprintfA

/* For a debugger on Windows; here it goes to standard error. */
static inline void OutputDebugStringA(LPCSTR text)
{
    fputs(text != NULL ? text : "", stderr);
}

#define OutputDebugString OutputDebugStringA

#endif /* !_WIN32 */
#endif
