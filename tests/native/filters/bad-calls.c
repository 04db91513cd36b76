/*
 * Calls everything at the wrong time: with contexts of connections that are over, with copies, with garbage, and the functions of one
 * notification in another. Its extension reports how many such calls succeeded.
 */
#include "filter_testing.h"

TESTING_VERSION("bad-calls")
FILTER_VERSION("bad-calls", SF_NOTIFY_PREPROC_HEADERS | SF_NOTIFY_AUTHENTICATION | SF_NOTIFY_SEND_RESPONSE | SF_NOTIFY_END_OF_REQUEST
    | SF_NOTIFY_LOG | SF_NOTIFY_END_OF_NET_SESSION | SF_NOTIFY_READ_RAW_DATA | SF_NOTIFY_SEND_RAW_DATA)

#define KEPT 64
static HTTP_FILTER_CONTEXT copies[KEPT];
static int copied;
static HTTP_FILTER_PREPROC_HEADERS kept_functions;
static int unexpected, calls;

static void expect_false(BOOL result)
{
    calls++;
    unexpected += result != 0;
}

static void call_all(HTTP_FILTER_CONTEXT *functions, HTTP_FILTER_CONTEXT *pfc)
{
    char buffer[64] = "x";
    DWORD size = sizeof buffer;
    expect_false(functions->GetServerVariable(pfc, (LPSTR)"SERVER_NAME", buffer, &size));
    expect_false(functions->AddResponseHeaders(pfc, (LPSTR)"X-Bad: 1\r\n", 0));
    size = 1;
    expect_false(functions->WriteClient(pfc, buffer, &size, 0));
    expect_false(functions->AllocMem(pfc, 10, 0) != NULL);
    expect_false(functions->ServerSupportFunction(pfc, SF_REQ_SEND_RESPONSE_HEADER, NULL, 0, 0));
    expect_false(functions->ServerSupportFunction(pfc, SF_REQ_DISABLE_NOTIFICATIONS, NULL, ~(ULONG_PTR)0, 0));
    if (kept_functions.GetHeader != NULL) {
        size = sizeof buffer;
        expect_false(kept_functions.GetHeader(pfc, (LPSTR)"url", buffer, &size));
        expect_false(kept_functions.SetHeader(pfc, (LPSTR)"url", (LPSTR)"/bad"));
    }
}

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    HTTP_FILTER_CONTEXT forged = *pfc;
    char buffer[64];
    DWORD size = sizeof buffer;
    int i;

    /* Arguments that are no arguments. */
    expect_false(pfc->GetServerVariable(pfc, NULL, buffer, &size));
    expect_false(pfc->GetServerVariable(pfc, (LPSTR)"SERVER_NAME", buffer, NULL));
    expect_false(pfc->GetServerVariable(pfc, (LPSTR)"NO_SUCH_VARIABLE", buffer, &size));
    expect_false(pfc->AddResponseHeaders(pfc, NULL, 0));
    expect_false(pfc->WriteClient(pfc, buffer, NULL, 0));
    expect_false(pfc->ServerSupportFunction(pfc, (enum SF_REQ_TYPE)12345, NULL, 0, 0));
    expect_false(pfc->ServerSupportFunction(pfc, SF_REQ_GET_PROPERTY, NULL, 1, 0));
    expect_false(pfc->ServerSupportFunction(pfc, SF_REQ_NORMALIZE_URL, NULL, 0, 0));

    /* Contexts that are none. */
    forged.ServerContext = NULL;
    call_all(pfc, &forged);
    forged.ServerContext = (PVOID)(ULONG_PTR)0x12345678;
    call_all(pfc, &forged);
    forged.ServerContext = (PVOID)~(ULONG_PTR)0;
    call_all(pfc, &forged);
    call_all(pfc, NULL);
    for (i = 0; i < copied; i++) {
        call_all(pfc, &copies[i]);
    }

    if (notification == SF_NOTIFY_PREPROC_HEADERS) {
        kept_functions = *(HTTP_FILTER_PREPROC_HEADERS *)data;
        expect_false(kept_functions.GetHeader(pfc, (LPSTR)"no-colon", buffer, &size));
        expect_false(kept_functions.SetHeader(pfc, (LPSTR)"X-Evil:", (LPSTR)"a\r\nb: c"));
        expect_false(kept_functions.SetHeader(pfc, (LPSTR)"X Evil:", (LPSTR)"a"));
        expect_false(kept_functions.SetHeader(pfc, (LPSTR)"url", (LPSTR)""));
        expect_false(kept_functions.SetHeader(pfc, (LPSTR)"version", (LPSTR)"HTTP/7"));
    } else if (notification != SF_NOTIFY_SEND_RESPONSE && kept_functions.GetHeader != NULL) {
        size = sizeof buffer;
        expect_false(kept_functions.GetHeader(pfc, (LPSTR)"url", buffer, &size));
        expect_false(kept_functions.SetHeader(pfc, (LPSTR)"X-Late:", (LPSTR)"1"));
    }

    if (notification == SF_NOTIFY_END_OF_NET_SESSION && copied < KEPT) {
        copies[copied++] = *pfc;
    }

    return SF_STATUS_REQ_NEXT_NOTIFICATION;
}

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    int i;
    for (i = 0; i < copied; i++) {
        call_all(&copies[i], &copies[i]);
    }

    send_text_head(ecb);
    write_format(ecb, "unexpected=%d stale=%d calls=%s\n", unexpected, copied, calls > 0 ? "some" : "none");
    return HSE_STATUS_SUCCESS;
}
