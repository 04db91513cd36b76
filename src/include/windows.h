/*
 * Stands in for the Windows SDK's <windows.h>, so that ISAPI sources that include it build unchanged on Linux:
 *
 *     gcc -shared -fPIC -I src/include -o ext.so ext.c
 *
 * It has the base types (isapi_types.h) and the few functions that ISAPI sources lean on (isapi_win32.h); it is
 * not a Windows emulation. For Windows (mingw) the real header is taken instead, found further down the search path.
 */
#ifdef _WIN32
#if defined(_MSC_VER) && !defined(__clang__)
#error "With Microsoft's compiler use httpext.h and httpfilt.h of the Windows SDK: remove this folder from the include path."
#endif
#include_next <windows.h>
#else
#include "isapi_types.h"
#include "isapi_win32.h"
#endif
