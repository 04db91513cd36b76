/* Passes the control block itself where its ConnID belongs, as a published sample does. */
#include "testing.h"

TESTING_VERSION("ecb-pointer-as-connid")

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    char url[256] = "";
    DWORD size = sizeof url;
    BOOL found = ecb->GetServerVariable((HCONN)ecb, "URL", url, &size);
    send_text_head(ecb);
    write_format(ecb, "result=%d url=%s\n", found != 0, url);
    return HSE_STATUS_SUCCESS;
}
