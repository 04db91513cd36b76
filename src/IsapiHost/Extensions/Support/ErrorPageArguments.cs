namespace IsapiHost.Extensions.Support;

/// <summary>HSE_REQ_SEND_CUSTOM_ERROR.</summary>
internal readonly ref struct ErrorPageArguments
{
    /// <summary>The status line's text.</summary>
    public ReadOnlySpan<byte> Status { get; init; }

    public ushort SubError { get; init; }

    public bool IsAsynchronous { get; init; }
}
