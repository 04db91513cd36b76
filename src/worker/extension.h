/* Extensions: their calls into the server, and the jobs that call them. */
#ifndef WORKER_EXTENSION_H
#define WORKER_EXTENSION_H

#include "message.h"

#include <httpext.h>

void extension_set_callbacks(EXTENSION_CONTROL_BLOCK *block);

void extension_run(uint32_t lane, struct reader *message);
void extension_complete(uint32_t lane, struct reader *message);

#endif
