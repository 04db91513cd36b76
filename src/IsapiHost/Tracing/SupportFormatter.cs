using System.Text;
using IsapiHost.Extensions.Support;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;

namespace IsapiHost.Tracing;

/// <summary>The arguments and results of ServerSupportFunction, request by request; the name of the request is the call's name.</summary>
internal static unsafe class SupportFormatter
{
    private const int MaxElements = 8;

    public static string Arguments(uint code, SupportArguments arguments, SentDataFormatter sent) => code switch
    {
        HSE_REQ.SEND_RESPONSE_HEADER =>
            $"{Narrow(arguments.Buffer)}, {sent.Head(NativeString.Read((byte*)arguments.DataType, NativeString.MaxHead))}",
        HSE_REQ.DONE_WITH_SESSION => arguments.Buffer is null ? "no status" : CallFormatter.Status(*(uint*)arguments.Buffer),
        HSE_REQ.IO_COMPLETION => $"{Function(arguments.Buffer)}, context {(nint)arguments.DataType:x}",
        HSE_REQ.ASYNC_READ_CLIENT => $"{CallFormatter.UpTo(arguments.Size)}{(arguments.DataType is null ? ", no flags" : FlagNames.Transfer(*arguments.DataType))}",

        // The flag is the pointer itself.
        HSE_REQ.SET_FLUSH_FLAG => arguments.Buffer is null ? "FALSE" : "TRUE",
        _ when arguments.Buffer is null => NeedsBuffer(code) ? "no buffer" : "",
        _ => WithBuffer(code, arguments, sent),
    };

    public static string Result(uint code, SupportArguments arguments, Win32Error error) => code switch
    {
        _ when error == Win32Error.INSUFFICIENT_BUFFER && arguments.Size is not null && code is HSE_REQ.MAP_URL_TO_PATH or HSE_REQ.MAP_UNICODE_URL_TO_PATH =>
            $"needs {*arguments.Size} bytes",
        _ when error != Win32Error.SUCCESS || arguments.Buffer is null => "",
        HSE_REQ.MAP_URL_TO_PATH or HSE_REQ.NORMALIZE_URL => DisplayFormatter.Narrow((byte*)arguments.Buffer, NativeString.MaxUrl),
        HSE_REQ.MAP_UNICODE_URL_TO_PATH => DisplayFormatter.Wide((char*)arguments.Buffer, NativeString.MaxUrl),
        HSE_REQ.MAP_URL_TO_PATH_EX => DisplayFormatter.Narrow(((HSE_URL_MAPEX_INFO*)arguments.DataType)->lpszPath, 260),
        HSE_REQ.MAP_UNICODE_URL_TO_PATH_EX => DisplayFormatter.Wide((char*)((HSE_UNICODE_URL_MAPEX_INFO*)arguments.DataType)->lpszPath, 260),
        HSE_REQ.IS_KEEP_CONN or HSE_REQ.IS_CONNECTED or HSE_REQ.IS_IN_PROCESS => $"{*(int*)arguments.Buffer}",
        HSE_REQ.GET_EXEC_URL_STATUS => $"status {((HSE_EXEC_URL_STATUS*)arguments.Buffer)->uHttpStatusCode}, error {((HSE_EXEC_URL_STATUS*)arguments.Buffer)->dwWin32Error}",
        HSE_REQ.GET_TRACE_INFO => ((HSE_TRACE_INFO*)arguments.Buffer)->fTraceRequest != 0 ? "traced" : "not traced",
        HSE_REQ.GET_TRACE_INFO_EX => ((HTTP_TRACE_CONFIGURATION*)arguments.Buffer)->fProviderEnabled != 0 ? "enabled" : "not enabled",
        _ => "",
    };

    private static bool NeedsBuffer(uint code) => code is not (HSE_REQ.CLOSE_CONNECTION or HSE_REQ.ABORTIVE_CLOSE or HSE_REQ.CANCEL_IO or HSE_REQ.REFRESH_ISAPI_ACL);

    private static string WithBuffer(uint code, SupportArguments arguments, SentDataFormatter sent) => code switch
    {
        HSE_REQ.SEND_URL or HSE_REQ.SEND_URL_REDIRECT_RESP or HSE_REQ.MAP_URL_TO_PATH_EX => Url(arguments),
        HSE_REQ.MAP_URL_TO_PATH => $"{Url(arguments)}{Room(arguments)}",
        HSE_REQ.MAP_UNICODE_URL_TO_PATH_EX => WideUrl(arguments),
        HSE_REQ.MAP_UNICODE_URL_TO_PATH => $"{WideUrl(arguments)}{Room(arguments)}",
        HSE_REQ.NORMALIZE_URL or HSE_REQ.GET_ANONYMOUS_TOKEN => DisplayFormatter.Narrow((byte*)arguments.Buffer, NativeString.MaxUrl),
        HSE_REQ.GET_UNICODE_ANONYMOUS_TOKEN => DisplayFormatter.Wide((char*)arguments.Buffer, NativeString.MaxUrl),
        HSE_REQ.APPEND_LOG_PARAMETER or HSE_REQ.REPORT_UNHEALTHY => Narrow(arguments.Buffer),
        HSE_REQ.SEND_RESPONSE_HEADER_EX => HeadEx((HSE_SEND_HEADER_EX_INFO*)arguments.Buffer, sent),
        HSE_REQ.TRANSMIT_FILE => File((HSE_TF_INFO*)arguments.Buffer, sent),
        HSE_REQ.VECTOR_SEND => Vector((HSE_RESPONSE_VECTOR*)arguments.Buffer, sent),
        HSE_REQ.EXEC_URL => ChildRequestFormatter.Of((HSE_EXEC_URL_INFO*)arguments.Buffer),
        HSE_REQ.EXEC_UNICODE_URL => ChildRequestFormatter.Of((HSE_EXEC_UNICODE_URL_INFO*)arguments.Buffer),
        HSE_REQ.SEND_CUSTOM_ERROR => CustomError((HSE_CUSTOM_ERROR_INFO*)arguments.Buffer),
        HSE_REQ.GET_CERT_INFO_EX => $"room for {((CERT_CONTEXT_EX*)arguments.Buffer)->cbAllocated} bytes",
        HSE_REQ.GET_TRACE_INFO_EX => ((HTTP_TRACE_CONFIGURATION*)arguments.Buffer)->pProviderGuid is var provider && provider is null ? "no provider" : $"provider {*provider}",
        HSE_REQ.RAISE_TRACE_EVENT => Event((HTTP_TRACE_EVENT*)arguments.Buffer),
        _ => "",
    };

    private static string HeadEx(HSE_SEND_HEADER_EX_INFO* info, SentDataFormatter sent)
    {
        var status = Encoding.Latin1.GetString(NativeString.Read(info->pszStatus, info->cchStatus, NativeString.MaxText));
        var head = sent.Head(NativeString.Read(info->pszHeader, info->cchHeader, NativeString.MaxHead));
        return $"{DisplayFormatter.Quote(status)}, {head}{(info->fKeepConn != 0 ? ", keep the connection" : "")}";
    }

    private static string File(HSE_TF_INFO* info, SentDataFormatter sent)
    {
        var withHead = (info->dwFlags & HSE_IO.SEND_HEADERS) != 0;
        var head = withHead
            ? $"status {Narrow(info->pszStatusCode)}, head {sent.Head(NativeString.Read((byte*)info->pHead, info->HeadLength, NativeString.MaxHead))}"
            : $"head {sent.Bytes(info->pHead, info->HeadLength)}";
        var file = info->hFile == 0 ? "no file" : $"file {info->hFile:x}, {(info->BytesToWrite == 0 ? "all" : $"{info->BytesToWrite} bytes")} from {info->Offset}";
        var function = info->pfnHseIO is null ? "" : $", {Function(info->pfnHseIO)}, context {(nint)info->pContext:x}";
        return $"{head}, {file}, tail {sent.Bytes(info->pTail, info->TailLength)}{function}{FlagNames.Transfer(info->dwFlags)}";
    }

    private static string Vector(HSE_RESPONSE_VECTOR* vector, SentDataFormatter sent)
    {
        var text = new StringBuilder();
        if ((vector->dwFlags & HSE_IO.SEND_HEADERS) != 0)
        {
            text.Append($"{Narrow(vector->pszStatus)}, {sent.Head(NativeString.Read(vector->pszHeaders, NativeString.MaxHead))}, ");
        }

        text.Append($"{vector->nElementCount} elements");
        var count = vector->lpElementArray is null || vector->nElementCount > ServerSupport.MaxElements ? 0 : Math.Min(vector->nElementCount, MaxElements);
        for (var i = 0; i < count; i++)
        {
            text.Append(i == 0 ? ": " : "; ").Append(Element(vector->lpElementArray[i], sent));
        }

        return $"{text}{(vector->nElementCount > MaxElements ? "; …" : "")}{FlagNames.Transfer(vector->dwFlags)}";
    }

    private static string Element(HSE_VECTOR_ELEMENT element, SentDataFormatter sent) => element.ElementType switch
    {
        HSE_VECTOR_ELEMENT_TYPE.MEMORY_BUFFER when element.cbOffset <= (ulong)nint.MaxValue && element.cbSize <= (ulong)nint.MaxValue =>
            sent.Bytes(element.pvContext is null ? null : (byte*)element.pvContext + element.cbOffset, element.cbSize),
        HSE_VECTOR_ELEMENT_TYPE.FILE_HANDLE => $"file {(nint)element.pvContext:x}, {(element.cbSize == 0 ? "all" : $"{element.cbSize} bytes")} from {element.cbOffset}",
        _ => $"type {element.ElementType}, {element.cbSize} bytes from {element.cbOffset}",
    };

    private static string CustomError(HSE_CUSTOM_ERROR_INFO* info) =>
        $"{Narrow(info->pszStatus)}, sub-error {info->uHttpSubError}{(info->fAsync != 0 ? ", ASYNC" : "")}";

    private static string Event(HTTP_TRACE_EVENT* traced) =>
        $"event {traced->dwEvent} {DisplayFormatter.Quote(TraceEventText.NameOf(traced))}, {traced->cEventItems} items";

    private static string Function(void* function) => function is null ? "no function" : $"function {(nint)function:x}";

    private static string Narrow(void* text) => DisplayFormatter.Narrow((byte*)text, NativeString.MaxText);

    // The size may count the NUL, and may be missing; as ServerSupport reads it.
    private static string Url(SupportArguments arguments) =>
        DisplayFormatter.Narrow((byte*)arguments.Buffer, (int)Math.Min(arguments.Size is null ? uint.MaxValue : *arguments.Size, NativeString.MaxUrl));

    private static string WideUrl(SupportArguments arguments) =>
        DisplayFormatter.Wide((char*)arguments.Buffer, (int)Math.Min(arguments.Size is null ? uint.MaxValue : *arguments.Size / sizeof(char), NativeString.MaxUrl));

    private static string Room(SupportArguments arguments) => arguments.Size is null ? ", no size" : $", room for {*arguments.Size} bytes";
}
