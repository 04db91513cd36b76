/* The trace requests: whether tracing is wanted, and an event with items of several types; "?items=N" raises one with that many items. */
#include "testing.h"

TESTING_VERSION("trace: GET_TRACE_INFO, GET_TRACE_INFO_EX, RAISE_TRACE_EVENT")

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    static const GUID provider = {0xa1c2040e, 0x8840, 0x4c31, {0xba, 0x11, 0x98, 0x71, 0x03, 0x1a, 0x19, 0xea}};
    static const WCHAR name[] = {'P', 'r', 'o', 'b', 'e', 0}, number[] = {'n', 'u', 'm', 'b', 'e', 'r', 0}, text[] = {'t', 'e', 'x', 't', 0};
    HSE_TRACE_INFO first, second;
    HTTP_TRACE_CONFIGURATION configuration;
    HTTP_TRACE_EVENT event;
    HTTP_TRACE_EVENT_ITEM items[17];
    DWORD value = 42, i;
    BOOL taken;

    send_text_head(ecb);
    memset(&first, 0xEE, sizeof first);
    taken = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_GET_TRACE_INFO, &first, NULL, NULL)
        && ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_GET_TRACE_INFO, &second, NULL, NULL);
    write_format(ecb, "info result=%d trace=%d same=%d reserved=%u\n", taken != 0, first.fTraceRequest,
                 memcmp(&first, &second, sizeof first) == 0, (unsigned)(first.dwReserved1 | first.dwReserved2));

    memset(&configuration, 0, sizeof configuration);
    configuration.pProviderGuid = &provider;
    taken = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_GET_TRACE_INFO_EX, &configuration, NULL, NULL);
    write_format(ecb, "configuration result=%d enabled=%d verbosity=%u\n", taken != 0, configuration.fProviderEnabled,
                 (unsigned)configuration.dwVerbosity);

    memset(&event, 0, sizeof event);
    memset(items, 0, sizeof items);
    for (i = 0; i < 17; i++) {
        items[i].pszName = i == 0 ? number : text;
        items[i].dwDataType = i == 0 ? HTTP_TRACE_TYPE_ULONG : HTTP_TRACE_TYPE_LPCSTR;
        items[i].pbData = i == 0 ? (PBYTE)&value : (PBYTE) "some\r\ntext";
        items[i].cbData = i == 0 ? sizeof value : 11;
    }

    event.pProviderGuid = &provider;
    event.dwEvent = 7;
    event.pszEventName = name;
    event.cEventItems = (DWORD)query_number(ecb, "items", 2);
    event.pEventItems = items;
    taken = ecb->ServerSupportFunction(ecb->ConnID, HSE_REQ_RAISE_TRACE_EVENT, &event, NULL, NULL);
    write_format(ecb, "event result=%d error=%u\n", taken != 0, taken ? 0 : (unsigned)GetLastError());
    return HSE_STATUS_SUCCESS;
}
