using System.Text;
using IsapiHost.Abi;
using IsapiHost.Extensions;

namespace IsapiHost.Diagnostics.Tracing;

/// <summary>The arguments and results of the four doors in readable form. Reads what the doors read as well, under the same bounds.</summary>
internal static unsafe class CallText
{
    public static string Arguments(ExtensionCall call, ExtensionRequest request) => call.Door switch
    {
        ExtensionDoor.GetServerVariable => Variable(call.Variable, call.Size),
        ExtensionDoor.WriteClient => Write(call.Buffer, call.Size, call.Code, request.Response.HasOpenHead),
        ExtensionDoor.ReadClient => Size(call.Size),
        _ => Support(call.Code, call.Support),
    };

    /// <summary>What the caller got back beside TRUE or FALSE.</summary>
    public static string Result(ExtensionCall call, uint error) => call.Door switch
    {
        ExtensionDoor.GetServerVariable => VariableValue(call.Variable, call.Buffer, call.Size, error),
        ExtensionDoor.ReadClient => Read(call.Buffer, call.Size, error),
        _ => "",
    };

    private static string Variable(byte* name, uint* size) =>
        $"{Text(name, NativeString.MaxName)}{(size is null ? ", no size" : $", room for {*size} bytes")}";

    private static string VariableValue(byte* name, void* buffer, uint* size, uint error)
    {
        if (error == Win32Error.INSUFFICIENT_BUFFER && size is not null)
        {
            return $"needs {*size} bytes";
        }

        if (error != Win32Error.SUCCESS || buffer is null)
        {
            return "";
        }

        var variable = Encoding.Latin1.GetString(NativeString.Read(name, NativeString.MaxName));
        var isWide = variable.StartsWith("UNICODE_", StringComparison.OrdinalIgnoreCase);
        var count = (int)Math.Min(*size, ShownText.MaxText);
        var value = isWide ? new string((char*)buffer, 0, count / sizeof(char)) : ShownText.Latin1(buffer, count);
        return ShownText.Quote(SecretMask.Variable(variable, value.TrimEnd('\0')));
    }

    /// <param name="buffer">lpvBuffer.</param>
    /// <param name="bytes">lpdwBytes.</param>
    /// <param name="flags">dwReserved, in truth the flags.</param>
    /// <param name="isPartOfHead">The bytes continue a head that was begun: a secret could be cut in two, so none are shown.</param>
    private static string Write(void* buffer, uint* bytes, uint flags, bool isPartOfHead) =>
        bytes is null ? "no size"
        : isPartOfHead ? $"{*bytes} bytes (part of a head){Flags(flags)}"
        : $"{ShownText.Buffer(buffer, *bytes)}{Flags(flags)}";

    private static string Size(uint* size) => size is null ? "no size" : $"up to {*size} bytes";

    private static string Read(void* buffer, uint* size, uint error) =>
        error == Win32Error.SUCCESS && size is not null ? ShownText.Buffer(buffer, *size) : "";

    /// <summary>The name of a ServerSupportFunction request is its line's name; this is the rest.</summary>
    private static string Support(uint code, SupportArguments arguments)
    {
        if (code == HSE_REQ.SEND_RESPONSE_HEADER)
        {
            return $"{Text(arguments.Buffer, NativeString.MaxText)}, {Head(arguments.DataType, NativeString.MaxHead)}";
        }

        if (code == HSE_REQ.IO_COMPLETION)
        {
            return arguments.Buffer is null ? "no function" : $"function {(nint)arguments.Buffer:x}";
        }

        return arguments.Buffer is null ? "no buffer" : WithBuffer(code, arguments);
    }

    public static string Status(uint status) => status switch
    {
        HSE_STATUS.SUCCESS => "HSE_STATUS_SUCCESS",
        HSE_STATUS.SUCCESS_AND_KEEP_CONN => "HSE_STATUS_SUCCESS_AND_KEEP_CONN",
        HSE_STATUS.PENDING => "HSE_STATUS_PENDING",
        HSE_STATUS.ERROR => "HSE_STATUS_ERROR",
        _ => $"{status}",
    };

    private static string WithBuffer(uint code, SupportArguments arguments) => code switch
    {
        HSE_REQ.SEND_RESPONSE_HEADER_EX => HeadEx((HSE_SEND_HEADER_EX_INFO*)arguments.Buffer),
        HSE_REQ.SEND_URL or HSE_REQ.SEND_URL_REDIRECT_RESP or HSE_REQ.MAP_URL_TO_PATH or HSE_REQ.MAP_URL_TO_PATH_EX or HSE_REQ.APPEND_LOG_PARAMETER
            or HSE_REQ.REPORT_UNHEALTHY or HSE_REQ.NORMALIZE_URL => Text(arguments.Buffer, NativeString.MaxText),
        HSE_REQ.DONE_WITH_SESSION => Status(*(uint*)arguments.Buffer),
        HSE_REQ.ASYNC_READ_CLIENT => Size(arguments.Size),
        HSE_REQ.TRANSMIT_FILE => File((HSE_TF_INFO*)arguments.Buffer),
        HSE_REQ.VECTOR_SEND => Vector((HSE_RESPONSE_VECTOR*)arguments.Buffer),
        _ => "",
    };

    private static string HeadEx(HSE_SEND_HEADER_EX_INFO* info) =>
        $"{ShownText.Quote(Encoding.Latin1.GetString(NativeString.Read(info->pszStatus, info->cchStatus, NativeString.MaxText)))}, "
        + $"{Head(info->pszHeader, (int)Math.Min(info->cchHeader == 0 ? NativeString.MaxHead : info->cchHeader, NativeString.MaxHead))}"
        + $"{(info->fKeepConn != 0 ? ", keep the connection" : "")}";

    private static string File(HSE_TF_INFO* info) =>
        $"file {info->hFile:x}, {(info->BytesToWrite == 0 ? "all" : $"{info->BytesToWrite} bytes")} from {info->Offset}, "
        + $"head {info->HeadLength} bytes, tail {info->TailLength} bytes{Flags(info->dwFlags)}";

    private static string Vector(HSE_RESPONSE_VECTOR* vector) => $"{vector->nElementCount} elements{Flags(vector->dwFlags)}";

    private static string Head(void* headers, int limit) =>
        ShownText.Quote(SecretMask.Lines(Encoding.Latin1.GetString(NativeString.Read((byte*)headers, limit))));

    private static string Text(void* text, int limit) => text is null ? "NULL" : ShownText.Quote(SecretMask.Lines(Encoding.Latin1.GetString(NativeString.Read((byte*)text, limit))));

    private static string Flags(uint flags)
    {
        (uint Bit, string Name)[] names =
        [
            (HSE_IO.SYNC, "SYNC"), (HSE_IO.ASYNC, "ASYNC"), (HSE_IO.DISCONNECT_AFTER_SEND, "DISCONNECT_AFTER_SEND"),
            (HSE_IO.SEND_HEADERS, "SEND_HEADERS"), (HSE_IO.FINAL_SEND, "FINAL_SEND"), (HSE_IO.CACHE_RESPONSE, "CACHE_RESPONSE"),
            (HSE_IO.TRY_SKIP_CUSTOM_ERRORS, "TRY_SKIP_CUSTOM_ERRORS"), (HSE_IO.NODELAY, "NODELAY"),
        ];
        var text = string.Join('|', names.Where(name => (flags & name.Bit) != 0).Select(name => name.Name));
        return text.Length == 0 ? "" : $", {text}";
    }
}
