/* The layouts behind ServerSupportFunction: what each request reads is written as values, so that nothing in it depends on the system. */
#ifndef WORKER_SUPPORT_H
#define WORKER_SUPPORT_H

#include "message.h"

#include <httpext.h>

/* The bounds of src/IsapiHost/Interop/NativeString.cs. */
#define SUPPORT_MAX_NAME 256u
#define SUPPORT_MAX_TEXT 4096u
#define SUPPORT_MAX_URL 65536u
#define SUPPORT_MAX_HEAD 65536u

void support_write(struct record *record, DWORD code, const void *buffer, const DWORD *size, const DWORD *type);

/* A complete call to send a head. */
bool support_is_head(DWORD code, const void *buffer);

/* A request that changes nothing. */
bool support_only_asks(DWORD code);

#endif
