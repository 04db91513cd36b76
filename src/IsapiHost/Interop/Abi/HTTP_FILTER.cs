namespace IsapiHost.Interop.Abi;

/// <summary>The revision of the filter interface.</summary>
/// <remarks>HttpFilt.h.</remarks>
internal static class HTTP_FILTER
{
    /// <summary>High word major, low word minor.</summary>
    public const uint REVISION = 0x000A0000;
}
