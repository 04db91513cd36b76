/*
 * The smallest useful extension: greets ?name=… and tells how it was called.
 *
 *     curl -i "http://localhost:8080/hello.so/some/path?name=world"
 */
#include <httpext.h>
#include <stdio.h>
#include <string.h>

/* Called once, when the server loads the DLL. */
BOOL WINAPI GetExtensionVersion(HSE_VERSION_INFO *version)
{
    version->dwExtensionVersion = HSE_VERSION;
    lstrcpynA(version->lpszExtensionDesc, "hello: the smallest useful extension", HSE_MAX_EXT_DLL_NAME_LEN);
    return TRUE;
}

/* Called for each request, by many threads at once. */
DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    static const char status[] = "200 OK";
    static const char headers[] = "Content-Type: text/plain\r\n\r\n";
    HSE_SEND_HEADER_EX_INFO head;
    char software[256];
    char body[2048];
    const char *name;
    DWORD size;
    int length;

    /* A variable's size counts its NUL, both ways. */
    size = sizeof software;
    if (!ecb->GetServerVariable(ecb->ConnID, "SERVER_SOFTWARE", software, &size)) {
        software[0] = '\0';
    }

    /* The query string comes as the client sent it, not decoded. */
    name = strncmp(ecb->lpszQueryString, "name=", 5) == 0 ? ecb->lpszQueryString + 5 : "stranger";
    length = snprintf(body, sizeof body, "Hello, %.200s!\n%.20s %.1000s\n%.200s\n", name, ecb->lpszMethod, ecb->lpszPathInfo, software);

    head.pszStatus = status;
    head.cchStatus = sizeof status - 1;
    head.pszHeader = headers;
    head.cchHeader = sizeof headers - 1;
    head.fKeepConn = TRUE;
    if (!ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_SEND_RESPONSE_HEADER_EX, &head, NULL, NULL)) {
        return HSE_STATUS_ERROR;
    }

    size = (DWORD)length;
    if (!ecb->WriteClient(ecb->ConnID, body, &size, HSE_IO_SYNC)) {
        return HSE_STATUS_ERROR; /* the client has gone */
    }

    return HSE_STATUS_SUCCESS;
}
