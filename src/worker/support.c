#include "support.h"
#include "platform.h"

/* Memory up to this size travels in the record, the rest is fetched. */
#define MAX_INLINE 16384u

#define MAX_INLINE_ELEMENTS 64u
#define MAX_TRACE_ITEMS 16u

static size_t bounded(DWORD count, size_t limit)
{
    return count == 0 || count > limit ? limit : count;
}

/* A text whose rest may be a long body: what does not fit is fetched. */
static void write_head(struct record *record, const char *text, size_t limit)
{
    size_t length = text == NULL ? 0 : strnlen(text, limit);
    size_t first = length < SUPPORT_MAX_HEAD ? length : SUPPORT_MAX_HEAD;
    write_bytes(record, text, first);
    write_memory(record, text == NULL ? NULL : text + first, length - first);
}

static void write_block(struct record *record, const void *memory, uint64_t length)
{
    if (memory == NULL) {
        write_null(record);
    } else if (length <= MAX_INLINE && length + 4096 <= record_room(record)) {
        write_bytes(record, memory, (size_t)length);
    } else {
        write_memory(record, memory, length);
    }
}

static void write_file(struct record *record, const HSE_TF_INFO *info)
{
    if (info == NULL) {
        return;
    }

    write_number(record, (uintptr_t)info->pfnHseIO);
    write_number(record, (uintptr_t)info->pContext);
    write_number(record, (uintptr_t)info->hFile);
    write_number(record, info->BytesToWrite);
    write_number(record, info->Offset);
    write_number(record, info->dwFlags);
    if ((info->dwFlags & HSE_IO_SEND_HEADERS) != 0) {
        write_text(record, info->pszStatusCode, SUPPORT_MAX_TEXT);
        write_text(record, info->pHead, bounded(info->HeadLength, SUPPORT_MAX_HEAD));
    } else {
        write_null(record);
        write_block(record, info->pHead, info->HeadLength);
    }

    write_block(record, info->pTail, info->TailLength);
}

static void write_vector(struct record *record, const HSE_RESPONSE_VECTOR *vector)
{
    const HSE_VECTOR_ELEMENT *elements;
    if (vector == NULL) {
        return;
    }

    elements = vector->lpElementArray;
    write_number(record, vector->dwFlags);
    write_text(record, vector->pszStatus, SUPPORT_MAX_TEXT);
    write_text(record, vector->pszHeaders, SUPPORT_MAX_HEAD);
    write_number(record, vector->nElementCount);
    if (elements == NULL || vector->nElementCount > MAX_INLINE_ELEMENTS) {
        write_memory(record, elements, (uint64_t)vector->nElementCount * sizeof *elements);
        return;
    }

    for (DWORD index = 0; index < vector->nElementCount; index++) {
        const HSE_VECTOR_ELEMENT *element = &elements[index];
        write_number(record, element->ElementType);
        write_number(record, element->cbOffset);
        write_number(record, element->cbSize);
        if (element->ElementType == HSE_VECTOR_ELEMENT_TYPE_MEMORY_BUFFER && element->pvContext != NULL) {
            write_block(record, (const char *)element->pvContext + element->cbOffset, element->cbSize);
        } else {
            write_number(record, (uintptr_t)element->pvContext);
        }
    }
}

static void write_child(struct record *record, const HSE_EXEC_URL_INFO *info, bool wide)
{
    const HSE_EXEC_URL_USER_INFO *user;
    if (info == NULL) {
        return;
    }

    /* The wide structures differ in what the strings hold only. */
    user = info->pUserInfo;
    if (wide) {
        write_wide_text(record, info->pszUrl, SUPPORT_MAX_URL);
    } else {
        write_text(record, info->pszUrl, SUPPORT_MAX_URL);
    }

    write_text(record, info->pszMethod, SUPPORT_MAX_NAME);
    write_text(record, info->pszChildHeaders, SUPPORT_MAX_HEAD);
    write_number(record, info->dwExecUrlFlags);
    write_number(record, user != NULL);
    write_number(record, user == NULL ? 0 : (uintptr_t)user->hImpersonationToken);
    if (user != NULL && wide) {
        write_wide_text(record, user->pszCustomUserName, SUPPORT_MAX_TEXT);
    } else {
        write_text(record, user == NULL ? NULL : user->pszCustomUserName, SUPPORT_MAX_TEXT);
    }

    write_text(record, user == NULL ? NULL : user->pszCustomAuthType, SUPPORT_MAX_NAME);
    write_number(record, info->pEntity != NULL);
    write_number(record, info->pEntity == NULL ? 0 : info->pEntity->cbAvailable);
    write_block(record, info->pEntity == NULL ? NULL : info->pEntity->lpbData, info->pEntity == NULL ? 0 : info->pEntity->cbAvailable);
}

static void write_trace_event(struct record *record, const HTTP_TRACE_EVENT *event)
{
    if (event == NULL) {
        return;
    }

    write_number(record, event->dwEvent);
    write_wide_text(record, event->pszEventName, SUPPORT_MAX_TEXT);
    write_number(record, event->cEventItems);
    write_number(record, event->pEventItems != NULL);
    for (DWORD index = 0; event->pEventItems != NULL && index < event->cEventItems && index < MAX_TRACE_ITEMS; index++) {
        const HTTP_TRACE_EVENT_ITEM *item = &event->pEventItems[index];
        size_t length = item->cbData < SUPPORT_MAX_TEXT ? item->cbData : SUPPORT_MAX_TEXT;
        write_wide_text(record, item->pszName, SUPPORT_MAX_TEXT);
        write_number(record, (uint64_t)item->dwDataType);
        if (item->dwDataType == HTTP_TRACE_TYPE_LPCSTR) {
            write_text(record, (const char *)item->pbData, SUPPORT_MAX_TEXT);
        } else if (item->dwDataType == HTTP_TRACE_TYPE_LPCWSTR) {
            write_wide_text(record, item->pbData, SUPPORT_MAX_TEXT);
        } else {
            write_bytes(record, item->pbData, length);
        }
    }
}

/* PFN_HSE_CACHE_INVALIDATION_CALLBACK: no response is cached, so whatever it names is out of the cache. */
static HRESULT WINAPI invalidate_cache(WCHAR *url)
{
    (void)url;
    return 0;
}

void support_write(struct record *record, DWORD code, const void *buffer, const DWORD *size, const DWORD *type)
{
    const HSE_SEND_HEADER_EX_INFO *head = buffer;
    const HSE_CUSTOM_ERROR_INFO *custom = buffer;
    const CERT_CONTEXT_EX *certificate = buffer;
    const HTTP_TRACE_CONFIGURATION *tracing = buffer;

    write_number(record, code);
    write_number(record, (uintptr_t)buffer);
    write_number(record, (uintptr_t)size);
    write_number(record, (uintptr_t)type);
    switch (code) {
    case HSE_REQ_SEND_URL_REDIRECT_RESP:
    case HSE_REQ_SEND_URL:
        write_text(record, buffer, size == NULL ? SUPPORT_MAX_URL : bounded(*size, SUPPORT_MAX_URL));
        break;
    case HSE_REQ_SEND_RESPONSE_HEADER:
        write_text(record, buffer, SUPPORT_MAX_TEXT);
        write_head(record, (const char *)type, SUPPORT_MAX_HEAD);
        break;
    case HSE_REQ_SEND_RESPONSE_HEADER_EX:
        if (head != NULL) {
            write_text(record, head->pszStatus, bounded(head->cchStatus, SUPPORT_MAX_TEXT));
            write_head(record, head->pszHeader, bounded(head->cchHeader, INT32_MAX));
            write_number(record, head->fKeepConn != 0);
        }

        break;
    case HSE_REQ_DONE_WITH_SESSION:
        write_number(record, buffer == NULL ? HSE_STATUS_SUCCESS : *(const DWORD *)buffer);
        break;
    case HSE_REQ_MAP_URL_TO_PATH:
    case HSE_REQ_MAP_URL_TO_PATH_EX:
        write_number(record, size == NULL ? 0 : *size);
        write_text(record, buffer, size == NULL || *size > SUPPORT_MAX_URL ? SUPPORT_MAX_URL : *size);
        break;
    case HSE_REQ_MAP_UNICODE_URL_TO_PATH:
    case HSE_REQ_MAP_UNICODE_URL_TO_PATH_EX:
        write_number(record, size == NULL ? 0 : *size);
        write_wide_text(record, buffer, size == NULL || *size / 2 > SUPPORT_MAX_URL ? SUPPORT_MAX_URL : *size / 2);
        break;
    case HSE_REQ_NORMALIZE_URL:
        write_text(record, buffer, SUPPORT_MAX_URL);
        break;
    case HSE_APPEND_LOG_PARAMETER:
    case HSE_REQ_REPORT_UNHEALTHY:
        write_text(record, buffer, SUPPORT_MAX_TEXT);
        break;
    case HSE_REQ_TRANSMIT_FILE:
        write_file(record, buffer);
        break;
    case HSE_REQ_VECTOR_SEND:
        write_vector(record, buffer);
        break;
    case HSE_REQ_ASYNC_READ_CLIENT:
        write_number(record, size == NULL ? 0 : *size);
        write_number(record, type == NULL ? 0 : *type);
        break;
    case HSE_REQ_EXEC_URL:
        write_child(record, buffer, false);
        break;
    case HSE_REQ_EXEC_UNICODE_URL:
        write_child(record, buffer, true);
        break;
    case HSE_REQ_SEND_CUSTOM_ERROR:
        if (custom != NULL) {
            write_text(record, custom->pszStatus, SUPPORT_MAX_TEXT);
            write_number(record, custom->uHttpSubError);
            write_number(record, custom->fAsync != 0);
        }

        break;
    case HSE_REQ_GET_CERT_INFO_EX:
        if (certificate != NULL) {
            write_number(record, (uintptr_t)certificate->CertContext.pbCertEncoded);
            write_number(record, certificate->cbAllocated);
        }

        break;
    case HSE_REQ_GET_TRACE_INFO_EX:
        write_number(record, tracing != NULL && tracing->pProviderGuid != NULL);
        break;
    case HSE_REQ_RAISE_TRACE_EVENT:
        write_trace_event(record, buffer);
        break;
    case HSE_REQ_GET_CACHE_INVALIDATION_CALLBACK:
        write_number(record, (uintptr_t)invalidate_cache);
        break;
    default:
        break;
    }
}

bool support_is_head(DWORD code, const void *buffer)
{
    return code == HSE_REQ_SEND_RESPONSE_HEADER || (code == HSE_REQ_SEND_RESPONSE_HEADER_EX && buffer != NULL);
}

bool support_only_asks(DWORD code)
{
    switch (code) {
    case HSE_REQ_MAP_URL_TO_PATH:
    case HSE_REQ_MAP_URL_TO_PATH_EX:
    case HSE_REQ_MAP_UNICODE_URL_TO_PATH:
    case HSE_REQ_MAP_UNICODE_URL_TO_PATH_EX:
    case HSE_REQ_NORMALIZE_URL:
    case HSE_REQ_IS_KEEP_CONN:
    case HSE_REQ_IS_CONNECTED:
    case HSE_REQ_IS_IN_PROCESS:
    case HSE_APPEND_LOG_PARAMETER:
    case HSE_REQ_GET_IMPERSONATION_TOKEN:
    case HSE_REQ_GET_TRACE_INFO:
        return true;
    default:
        return false;
    }
}
