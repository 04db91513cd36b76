/* HSE_REQ_GET_CERT_INFO_EX as a connector calls it: only three members set, the others left as they are; ?size=N is the size of the buffer. */
#include "testing.h"

TESTING_VERSION("client-certificate: GET_CERT_INFO_EX")

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    CERT_CONTEXT_EX info;
    BYTE room[4096];
    DWORD error, i;
    BOOL taken;

    memset(&info, 0xEE, sizeof info);
    info.CertContext.pbCertEncoded = room;
    info.CertContext.cbCertEncoded = 0;
    info.cbAllocated = (DWORD)query_number(ecb, "size", sizeof room);
    taken = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_GET_CERT_INFO_EX, &info, NULL, NULL);
    error = taken ? 0 : GetLastError();

    send_text_head(ecb);
    write_format(ecb, "result=%d error=%u size=%u\n", taken != 0, (unsigned)error, (unsigned)info.CertContext.cbCertEncoded);
    if (taken) {
        write_format(ecb, "encoding=%u flags=%u\n", (unsigned)info.CertContext.dwCertEncodingType, (unsigned)info.dwCertificateFlags);
        for (i = 0; i < info.CertContext.cbCertEncoded; i++) {
            write_format(ecb, "%02X", room[i]);
        }
    }

    return HSE_STATUS_SUCCESS;
}
