using System.Text;
using IsapiHost.Extensions;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;

namespace IsapiHost.Tracing;

/// <summary>The arguments and results of the four doors in readable form. Reads what the doors read as well, under the same bounds.</summary>
internal static unsafe class CallFormatter
{
    public static string Arguments(ExtensionCall call, SentDataFormatter sent) => call.Door switch
    {
        ExtensionCallback.GetServerVariable => $"{DisplayFormatter.Narrow(call.Variable, NativeString.MaxName)}{(call.Size is null ? ", no size" : $", room for {*call.Size} bytes")}",
        ExtensionCallback.WriteClient => $"{(call.Size is null ? "no size" : sent.Bytes(call.Buffer, *call.Size))}{FlagNames.Transfer(call.Code)}",
        ExtensionCallback.ReadClient => UpTo(call.Size),
        _ => SupportFormatter.Arguments(call.Code, call.Support, sent),
    };

    /// <summary>What the caller got back beside TRUE or FALSE.</summary>
    public static string Result(ExtensionCall call, Win32Error error) => call.Door switch
    {
        ExtensionCallback.GetServerVariable => VariableValue(call.Variable, call.Buffer, call.Size, error),
        ExtensionCallback.ReadClient when error == Win32Error.SUCCESS && call.Size is not null => DisplayFormatter.Buffer(call.Buffer, *call.Size),
        ExtensionCallback.ServerSupportFunction => SupportFormatter.Result(call.Code, call.Support, error),
        _ => "",
    };

    public static string UpTo(uint* size) => size is null ? "no size" : $"up to {*size} bytes";

    public static string Status(uint status) => status switch
    {
        HSE_STATUS.SUCCESS => "HSE_STATUS_SUCCESS",
        HSE_STATUS.SUCCESS_AND_KEEP_CONN => "HSE_STATUS_SUCCESS_AND_KEEP_CONN",
        HSE_STATUS.PENDING => "HSE_STATUS_PENDING",
        HSE_STATUS.ERROR => "HSE_STATUS_ERROR",
        _ => $"{status}",
    };

    private static string VariableValue(byte* name, void* buffer, uint* size, Win32Error error)
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
        var count = (int)Math.Min(*size, DisplayFormatter.MaxText);
        var value = isWide ? new string((char*)buffer, 0, count / sizeof(char)) : DisplayFormatter.Latin1(buffer, count);
        return DisplayFormatter.Quote(SecretMask.Variable(variable, value.TrimEnd('\0')));
    }
}
