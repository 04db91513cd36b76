/* The modules of this process. They are loaded once and never unloaded. */
#ifndef WORKER_MODULES_H
#define WORKER_MODULES_H

#include "message.h"

#include <httpext.h>

struct module {
    PFN_GETEXTENSIONVERSION extension_version;
    PFN_HTTPEXTENSIONPROC extension_proc;
    PFN_TERMINATEEXTENSION extension_terminate;
    void *handle;
};

/* NULL for a number that names none. */
const struct module *module_at(uint64_t index);

void modules_load(uint32_t lane, struct reader *message);
void modules_version(uint32_t lane, struct reader *message);
void modules_terminate(uint32_t lane, struct reader *message);

#endif
