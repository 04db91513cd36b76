namespace IsapiHost.Interop.Abi;

/// <summary>The version of the extension interface and the sizes of its buffers in bytes.</summary>
/// <remarks>HttpExt.h.</remarks>
internal static class HSE
{
    public const int VERSION_MAJOR = 8;
    public const int VERSION_MINOR = 0;

    /// <summary>High word major, low word minor.</summary>
    public const int VERSION = 0x00080000;

    public const int LOG_BUFFER_LEN = 80;
    public const int MAX_EXT_DLL_NAME_LEN = 256;
}
