/* Stands in for <tchar.h> on Linux: sources that follow TCHAR are built in their ANSI form. For Windows the real one is taken. */
#ifdef _WIN32
#include_next <tchar.h>
#else
#ifndef ISAPIHOST_TCHAR_H
#define ISAPIHOST_TCHAR_H

#include <windows.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef CHAR _TCHAR, _TUCHAR;

#define __T(text) text
#define _TEXT(text) text
#define _TEOF EOF

#define _tcslen strlen
#define _tcsnlen strnlen
#define _tcscpy strcpy
#define _tcsncpy strncpy
#define _tcscat strcat
#define _tcsncat strncat
#define _tcscmp strcmp
#define _tcsncmp strncmp
#define _tcsicmp strcasecmp
#define _tcsnicmp strncasecmp
#define _tcschr strchr
#define _tcsrchr strrchr
#define _tcsstr strstr
#define _tcspbrk strpbrk
#define _tcsspn strspn
#define _tcscspn strcspn
#define _tcstok strtok
#define _tcsdup strdup
#define _tcslwr _strlwr
#define _tcsupr _strupr
#define _tcstol strtol
#define _tcstoul strtoul
#define _tcstod strtod
#define _ttoi atoi
#define _ttol atol
#define _ttoi64 atoll
#define _itot _itoa
#define _ltot _ltoa
#define _ultot _ultoa
#define _itot_s _itoa_s
#define _tcscpy_s strcpy_s
#define _tcsncpy_s strncpy_s
#define _tcscat_s strcat_s
#define _tcsncat_s strncat_s
#define _tcstok_s strtok_s
#define _stprintf sprintf
#define _sntprintf snprintf
#define _vstprintf vsprintf
#define _vsntprintf vsnprintf
#define _stprintf_s sprintf_s
#define _sntprintf_s _snprintf_s
#define _vstprintf_s vsprintf_s
#define _vsntprintf_s _vsnprintf_s
#define _stscanf sscanf
#define _tprintf printf
#define _ftprintf fprintf
#define _fputts fputs
#define _fgetts fgets
#define _tfopen fopen
#define _tfopen_s fopen_s
#define _tgetenv getenv
#define _istalpha isalpha
#define _istalnum isalnum
#define _istdigit isdigit
#define _istspace isspace
#define _istxdigit isxdigit
#define _istupper isupper
#define _istlower islower
#define _totupper toupper
#define _totlower tolower

#endif
#endif
