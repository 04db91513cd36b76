using System.Runtime.InteropServices;
using System.Text;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;

namespace IsapiHost.Tracing;

/// <summary>The arguments and results of GetServerVariable, WriteClient and ReadClient in readable form.</summary>
internal static class CallFormatter
{
    /// <summary>The arguments of GetServerVariable.</summary>
    public static string Variable(ReadOnlySpan<byte> name, uint? size) => $"{DisplayFormatter.Text(name)}{Room(size)}";

    /// <summary>What GetServerVariable gave.</summary>
    public static string VariableValue(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, uint size, Win32Error error)
    {
        if (error == Win32Error.INSUFFICIENT_BUFFER)
        {
            return $"needs {size} bytes";
        }

        if (error != Win32Error.SUCCESS || value.IsEmpty)
        {
            return "";
        }

        var variable = Encoding.Latin1.GetString(name);
        var bytes = value[..(int)Math.Min(size, DisplayFormatter.MaxText)];
        var text = variable.StartsWith("UNICODE_", StringComparison.OrdinalIgnoreCase)
            ? new string(MemoryMarshal.Cast<byte, char>(bytes))
            : Encoding.Latin1.GetString(bytes);
        return DisplayFormatter.Quote(SecretMask.Variable(variable, text.TrimEnd('\0')));
    }

    /// <summary>The arguments of WriteClient.</summary>
    public static string Written(SentDataFormatter sent, CallerMemory data, uint? size, uint flags) =>
        $"{(size is { } count ? sent.Bytes(data.Span, count) : "no size")}{FlagNames.Transfer(flags)}";

    /// <summary>The arguments of ReadClient.</summary>
    public static string UpTo(uint? size) => size is { } count ? $"up to {count} bytes" : "no size";

    /// <summary>The size of a buffer, behind a comma.</summary>
    public static string Room(uint? size) => size is { } count ? $", room for {count} bytes" : ", no size";

    /// <summary>What HttpExtensionProc returned.</summary>
    public static string Status(uint status) => status switch
    {
        HSE_STATUS.SUCCESS => "HSE_STATUS_SUCCESS",
        HSE_STATUS.SUCCESS_AND_KEEP_CONN => "HSE_STATUS_SUCCESS_AND_KEEP_CONN",
        HSE_STATUS.PENDING => "HSE_STATUS_PENDING",
        HSE_STATUS.ERROR => "HSE_STATUS_ERROR",
        _ => $"{status}",
    };
}
