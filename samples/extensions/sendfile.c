/*
 * Sends the file that PATH_TRANSLATED names (--root and the path behind the DLL's name), by TRANSMIT_FILE; where the server
 * has no such request it reads the file and writes it piece by piece.
 *
 *     curl -O "http://localhost:8080/sendfile.so/README.md"
 */
#include <httpext.h>
#include <stdio.h>
#include <string.h>

BOOL WINAPI GetExtensionVersion(HSE_VERSION_INFO *version)
{
    version->dwExtensionVersion = HSE_VERSION;
    lstrcpynA(version->lpszExtensionDesc, "sendfile: sends files below the root", HSE_MAX_EXT_DLL_NAME_LEN);
    return TRUE;
}

/* The server calls this when the file is out, or the client gone; until then file and request are in use. */
static VOID WINAPI file_sent(EXTENSION_CONTROL_BLOCK *ecb, PVOID file, DWORD bytes, DWORD error)
{
    DWORD status = error == 0 ? HSE_STATUS_SUCCESS : HSE_STATUS_ERROR;
    (void)bytes;
    CloseHandle((HANDLE)file);
    ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_DONE_WITH_SESSION, &status, NULL, NULL);
}

static BOOL send_head(EXTENSION_CONTROL_BLOCK *ecb, const char *status, const char *headers)
{
    HSE_SEND_HEADER_EX_INFO head;
    head.pszStatus = status;
    head.cchStatus = (DWORD)strlen(status);
    head.pszHeader = headers;
    head.cchHeader = (DWORD)strlen(headers);
    head.fKeepConn = TRUE;
    return ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_SEND_RESPONSE_HEADER_EX, &head, NULL, NULL);
}

static DWORD send_piece_by_piece(EXTENSION_CONTROL_BLOCK *ecb, HANDLE file, const char *headers)
{
    char piece[16384];
    DWORD count;

    if (!send_head(ecb, "200 OK", headers)) {
        return HSE_STATUS_ERROR;
    }

    while (ReadFile(file, piece, sizeof piece, &count, NULL)) {
        if (count == 0) {
            return HSE_STATUS_SUCCESS;
        }

        if (!ecb->WriteClient(ecb->ConnID, piece, &count, HSE_IO_SYNC)) {
            break;
        }
    }

    return HSE_STATUS_ERROR;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    char headers[128];
    HSE_TF_INFO info;
    DWORD size, high = 0, status;
    HANDLE file = INVALID_HANDLE_VALUE;

    if (ecb->lpszPathInfo[0] != '\0') {
        file = CreateFileA(ecb->lpszPathTranslated, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, FILE_FLAG_SEQUENTIAL_SCAN, NULL);
    }

    /* Reading nothing tells a file from a folder, which can be opened on Linux. */
    if (file != INVALID_HANDLE_VALUE && !ReadFile(file, headers, 0, &size, NULL)) {
        CloseHandle(file);
        file = INVALID_HANDLE_VALUE;
    }

    if (file == INVALID_HANDLE_VALUE) {
        send_head(ecb, "404 Not Found", "Content-Length: 0\r\n\r\n");
        return HSE_STATUS_SUCCESS;
    }

    size = GetFileSize(file, &high);
    snprintf(headers, sizeof headers, "Content-Type: application/octet-stream\r\nContent-Length: %llu\r\n\r\n",
             (unsigned long long)high << 32 | size);

    memset(&info, 0, sizeof info);
    info.pfnHseIO = file_sent;
    info.pContext = file;
    info.hFile = file;
    info.pszStatusCode = "200 OK";
    info.pHead = headers;
    info.HeadLength = (DWORD)strlen(headers);
    info.dwFlags = HSE_IO_ASYNC | HSE_IO_SEND_HEADERS;
    if (ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_TRANSMIT_FILE, &info, NULL, NULL)) {
        /* file_sent has the request now, and may have ended it already: touch nothing. */
        return HSE_STATUS_PENDING;
    }

    status = send_piece_by_piece(ecb, file, headers);
    CloseHandle(file);
    return status;
}
