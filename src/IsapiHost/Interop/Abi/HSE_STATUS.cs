namespace IsapiHost.Interop.Abi;

/// <summary>What HttpExtensionProc returns. Some extensions return 0, which means success.</summary>
/// <remarks>HttpExt.h.</remarks>
internal static class HSE_STATUS
{
    public const uint SUCCESS = 1;
    public const uint SUCCESS_AND_KEEP_CONN = 2;
    public const uint PENDING = 3;
    public const uint ERROR = 4;
}
