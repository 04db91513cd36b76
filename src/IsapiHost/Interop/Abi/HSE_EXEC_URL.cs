namespace IsapiHost.Interop.Abi;

/// <summary>Flags of a child request.</summary>
/// <remarks>HttpExt.h.</remarks>
internal static class HSE_EXEC_URL
{
    public const uint NO_HEADERS = 0x02;
    public const uint IGNORE_CURRENT_INTERCEPTOR = 0x04;
    public const uint IGNORE_VALIDATION_AND_RANGE = 0x10;
    public const uint DISABLE_CUSTOM_ERROR = 0x20;
    public const uint SSI_CMD = 0x40;
    public const uint HTTP_CACHE_ELIGIBLE = 0x80;
}
