namespace IsapiHost.Interop.Abi;

/// <summary>Why access was denied.</summary>
/// <remarks>HttpFilt.h.</remarks>
internal static class SF_DENIED
{
    public const uint LOGON = 0x00000001;
    public const uint RESOURCE = 0x00000002;
    public const uint FILTER = 0x00000004;
    public const uint APPLICATION = 0x00000008;

    /// <summary>Can come together with LOGON.</summary>
    public const uint BY_CONFIG = 0x00010000;
}
