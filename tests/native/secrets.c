/* Reads every variable that holds credentials, and answers by itself with a cookie whose header is cut into several writes. */
#include "testing.h"

TESTING_VERSION("secrets: credentials in variables and in a head in pieces")

static void read_variable(EXTENSION_CONTROL_BLOCK *ecb, const char *name)
{
    char value[4096];
    DWORD size = sizeof value;
    ecb->GetServerVariable(ecb->ConnID, (LPSTR)name, value, &size);
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    static const char *const variables[] = {
        "HTTP_COOKIE", "UNICODE_HTTP_COOKIE", "HEADER_Cookie", "HTTP_AUTHORIZATION", "AUTH_PASSWORD", "UNICODE_AUTH_PASSWORD",
        "ALL_HTTP", "ALL_RAW", "UNICODE_ALL_HTTP", "UNICODE_ALL_RAW",
    };
    static const char *const pieces[] = {
        "HTTP/1.1 200 OK\r\nSet-Coo", "kie: id=cl", "assified; classified=1;\r\n", "\tclassified\r\nContent-", "Type: text/plain\r\n\r\n", "open\n",
    };
    size_t i;

    for (i = 0; i < sizeof variables / sizeof *variables; i++) {
        read_variable(ecb, variables[i]);
    }

    for (i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        write_text(ecb, pieces[i]);
    }

    return HSE_STATUS_SUCCESS;
}
