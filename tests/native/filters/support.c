/* Every request of ServerSupportFunction, answered with "NAME RESULT ERROR DETAIL" lines for /support. */
#include "filter_testing.h"

FILTER_VERSION("support", SF_NOTIFY_PREPROC_HEADERS | SF_NOTIFY_SEND_RESPONSE | SF_NOTIFY_LOG)

static int responses;

static size_t line(char *text, size_t length, const char *name, BOOL done, const char *detail)
{
    return length + (size_t)sprintf(text + length, "%s %d %u %s\n", name, done != 0, done ? 0 : (unsigned)GetLastError(), detail);
}

DWORD WINAPI HttpFilterProc(HTTP_FILTER_CONTEXT *pfc, DWORD notification, VOID *data)
{
    char url[256], text[4096] = "", detail[512] = "";
    size_t length = 0;
    DWORD value = 77, size;
    if (notification == SF_NOTIFY_SEND_RESPONSE) {
        responses++;
        return SF_STATUS_REQ_NEXT_NOTIFICATION;
    }

    if (notification == SF_NOTIFY_LOG) {
        return SF_STATUS_REQ_NEXT_NOTIFICATION;
    }

    get_url(pfc, data, url, sizeof url);
    if (strcmp(url, "/disable") == 0) {
        pfc->ServerSupportFunction(pfc, SF_REQ_DISABLE_NOTIFICATIONS, NULL, SF_NOTIFY_SEND_RESPONSE, 0);
        return SF_STATUS_REQ_NEXT_NOTIFICATION;
    }

    if (strcmp(url, "/responses") == 0) {
        sprintf(text, "%d\n", responses);
        filter_answer(pfc, "200 OK", text);
        return SF_STATUS_REQ_FINISHED_KEEP_CONN;
    }

    if (strcmp(url, "/support") != 0) {
        return SF_STATUS_REQ_NEXT_NOTIFICATION;
    }

    length = line(text, length, "SET_NEXT_READ_SIZE", pfc->ServerSupportFunction(pfc, SF_REQ_SET_NEXT_READ_SIZE, NULL, 10, 0), "");
    length = line(text, length, "SET_PROXY_INFO", pfc->ServerSupportFunction(pfc, SF_REQ_SET_PROXY_INFO, NULL, 1, 0), "");
    length = line(text, length, "GET_CONNID", pfc->ServerSupportFunction(pfc, SF_REQ_GET_CONNID, &value, 0, 0), "");
    length = line(text, length, "SET_CERTIFICATE_INFO", pfc->ServerSupportFunction(pfc, SF_REQ_SET_CERTIFICATE_INFO, &value, 0, 0), "");
    length = line(text, length, "SSL_CTXT", pfc->ServerSupportFunction(pfc, SF_REQ_GET_PROPERTY, &value, SF_PROPERTY_SSL_CTXT, 0), "");
    BOOL done = pfc->ServerSupportFunction(pfc, SF_REQ_GET_PROPERTY, &value, SF_PROPERTY_INSTANCE_NUM_ID, 0);
    sprintf(detail, "%u", (unsigned)value);
    length = line(text, length, "INSTANCE_NUM_ID", done, detail);
    strcpy(detail, "/a/../b%41/./c");
    done = pfc->ServerSupportFunction(pfc, SF_REQ_NORMALIZE_URL, detail, 0, 0);
    length = line(text, length, "NORMALIZE_URL", done, detail);
    length = line(text, length, "UNKNOWN", pfc->ServerSupportFunction(pfc, (enum SF_REQ_TYPE)99, detail, 0, 0), "");

    size = sizeof detail;
    done = pfc->GetServerVariable(pfc, (LPSTR)"SERVER_PORT", detail, &size);
    length = line(text, length, "SERVER_PORT", done, done ? "set" : "");
    size = sizeof detail;
    length = line(text, length, "SCRIPT_NAME", pfc->GetServerVariable(pfc, (LPSTR)"SCRIPT_NAME", detail, &size), "");
    size = 1;
    length = line(text, length, "SMALL", pfc->GetServerVariable(pfc, (LPSTR)"INSTANCE_ID", detail, &size), "");
    length = line(text, length, "ALLOC_TOO_MUCH", pfc->AllocMem(pfc, 0xFFFFFFF0u, 0) != NULL, "");
    char *memory = pfc->AllocMem(pfc, 1000, 0);
    memset(memory, 1, 1000);
    filter_answer(pfc, "200 OK", text);
    return SF_STATUS_REQ_FINISHED_KEEP_CONN;
}
