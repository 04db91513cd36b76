/* Asks for each server variable of the query string, "NAME[:SIZE]&NAME[:SIZE]…", and shows result, size, last error and value. */
#include "testing.h"

TESTING_VERSION("variables: shows server variables")

static void show(EXTENSION_CONTROL_BLOCK *ecb, char *name)
{
    char value[65536];
    DWORD given = 4096, size, error, i;
    BOOL found;
    char *colon = strchr(name, ':');

    if (colon != NULL) {
        *colon = '\0';
        given = (DWORD)strtoul(colon + 1, NULL, 10);
    }

    /* What the server leaves untouched stays recognisable. */
    memset(value, '#', sizeof value);
    size = given;
    SetLastError(0);
    found = ecb->GetServerVariable(ecb->ConnID, name, given == 0 ? NULL : value, &size);
    error = found ? 0 : GetLastError();
    write_format(ecb, "%s result=%d size=%u error=%u", name, found != 0, (unsigned)size, (unsigned)error);
    if (!found) {
        write_format(ecb, " untouched=%d\n", value[0] == '#');
    } else if (strncmp(name, "UNICODE_", 8) == 0) {
        write_text(ecb, " units=");
        for (i = 0; i + 1 < size; i += 2) {
            write_format(ecb, "%02x%02x", (BYTE)value[i + 1], (BYTE)value[i]);
        }

        write_text(ecb, "\n");
    } else {
        write_format(ecb, " nul=%d value=", value[size - 1] == '\0');
        write_text(ecb, value);
        write_text(ecb, "\n");
    }
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    char names[4096];
    char *at = names;

    lstrcpynA(names, ecb->lpszQueryString, sizeof names);
    send_text_head(ecb);
    while (at != NULL && *at != '\0') {
        char *next = strchr(at, '&');
        if (next != NULL) {
            *next++ = '\0';
        }

        show(ecb, at);
        at = next;
    }

    return HSE_STATUS_SUCCESS;
}
