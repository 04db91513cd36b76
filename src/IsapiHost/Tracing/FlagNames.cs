using IsapiHost.Interop.Abi;

namespace IsapiHost.Tracing;

/// <summary>Flags by their names in HttpExt.h, without the common prefix; bits that have none as a number.</summary>
internal static class FlagNames
{
    private static readonly (uint Bit, string Name)[] s_transfer =
    [
        (HSE_IO.SYNC, "SYNC"), (HSE_IO.ASYNC, "ASYNC"), (HSE_IO.DISCONNECT_AFTER_SEND, "DISCONNECT_AFTER_SEND"),
        (HSE_IO.SEND_HEADERS, "SEND_HEADERS"), (HSE_IO.FINAL_SEND, "FINAL_SEND"), (HSE_IO.CACHE_RESPONSE, "CACHE_RESPONSE"),
        (HSE_IO.TRY_SKIP_CUSTOM_ERRORS, "TRY_SKIP_CUSTOM_ERRORS"), (HSE_IO.NODELAY, "NODELAY"),
    ];

    private static readonly (uint Bit, string Name)[] s_execute =
    [
        (HSE_EXEC_URL.NO_HEADERS, "NO_HEADERS"), (HSE_EXEC_URL.IGNORE_CURRENT_INTERCEPTOR, "IGNORE_CURRENT_INTERCEPTOR"),
        (HSE_EXEC_URL.IGNORE_VALIDATION_AND_RANGE, "IGNORE_VALIDATION_AND_RANGE"), (HSE_EXEC_URL.DISABLE_CUSTOM_ERROR, "DISABLE_CUSTOM_ERROR"),
        (HSE_EXEC_URL.SSI_CMD, "SSI_CMD"), (HSE_EXEC_URL.HTTP_CACHE_ELIGIBLE, "HTTP_CACHE_ELIGIBLE"),
    ];

    /// <summary>HSE_IO_…, behind a comma; empty for none.</summary>
    public static string Transfer(uint flags) => Of(flags, s_transfer);

    /// <summary>HSE_EXEC_URL_…, behind a comma; empty for none.</summary>
    public static string Execute(uint flags) => Of(flags, s_execute);

    private static string Of(uint flags, (uint Bit, string Name)[] names)
    {
        var known = names.Where(name => (flags & name.Bit) != 0).ToArray();
        var rest = flags & ~known.Aggregate(0u, (all, name) => all | name.Bit);
        var text = string.Join('|', [.. known.Select(name => name.Name), .. rest == 0 ? Array.Empty<string>() : [$"0x{rest:X}"]]);
        return text.Length == 0 ? "" : $", {text}";
    }
}
