/* Answers with every member of the control block, one "name=value" on a line. */
#include "testing.h"

TESTING_VERSION("echo-ecb: shows the control block")

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    send_text_head(ecb);
    write_format(ecb, "cbSize=%u\nsizeof=%u\ndwVersion=%08x\nConnID=%s\n", (unsigned)ecb->cbSize, (unsigned)sizeof *ecb,
                 (unsigned)ecb->dwVersion, ecb->ConnID != NULL ? "set" : "null");
    write_format(ecb, "dwHttpStatusCode=%u\nlpszLogData=%s\n", (unsigned)ecb->dwHttpStatusCode, ecb->lpszLogData);

    /* A NULL would end the process here, as it would in the extensions that were written against IIS. */
    write_format(ecb, "lpszMethod=%s\nlpszQueryString=%s\n", ecb->lpszMethod, ecb->lpszQueryString);
    write_format(ecb, "lpszPathInfo=%s\nlpszPathTranslated=%s\n", ecb->lpszPathInfo, ecb->lpszPathTranslated);
    write_format(ecb, "cbTotalBytes=%u\ncbAvailable=%u\n", (unsigned)ecb->cbTotalBytes, (unsigned)ecb->cbAvailable);
    write_format(ecb, "lpszContentType=%s\n", ecb->lpszContentType);
    if (ecb->cbAvailable > 0) {
        write_format(ecb, "nulAfterData=%d\nlpbData=%.64s\n", ecb->lpbData[ecb->cbAvailable] == 0, (char *)ecb->lpbData);
    }

    return HSE_STATUS_SUCCESS;
}
