/* Exports GetExtensionVersion, but no HttpExtensionProc. */
#include "testing.h"

TESTING_VERSION("half an extension")
