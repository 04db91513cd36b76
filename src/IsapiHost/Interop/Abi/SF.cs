namespace IsapiHost.Interop.Abi;

/// <summary>Sizes of the filter interface's buffers in bytes, with the NUL.</summary>
/// <remarks>HttpFilt.h.</remarks>
internal static class SF
{
    public const int MAX_USERNAME = 257;
    public const int MAX_PASSWORD = 257;
    public const int MAX_AUTH_TYPE = 33;
    public const int MAX_FILTER_DESC_LEN = 257;
}
