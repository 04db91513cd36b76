namespace IsapiHost.Interop.Abi;

/// <summary>Flags of WriteClient and of the requests that read or send.</summary>
/// <remarks>HttpExt.h.</remarks>
internal static class HSE_IO
{
    public const uint SYNC = 0x00000001;
    public const uint ASYNC = 0x00000002;
    public const uint DISCONNECT_AFTER_SEND = 0x00000004;
    public const uint SEND_HEADERS = 0x00000008;

    /// <summary>HSE_REQ_VECTOR_SEND only.</summary>
    public const uint FINAL_SEND = 0x00000010;

    /// <summary>HSE_REQ_VECTOR_SEND only.</summary>
    public const uint CACHE_RESPONSE = 0x00000020;

    /// <summary>HSE_REQ_VECTOR_SEND only.</summary>
    public const uint TRY_SKIP_CUSTOM_ERRORS = 0x00000040;

    public const uint NODELAY = 0x00001000;
}
