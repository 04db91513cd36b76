/* Stands in for <process.h> on Linux, where _beginthreadex comes from isapi_win32.h. For Windows the real one is taken. */
#ifdef _WIN32
#include_next <process.h>
#else
#include <windows.h>
#endif
