using IsapiHost.Interop;

namespace IsapiHost.Extensions.Support;

/// <summary>A response head, and what stands behind its blank line.</summary>
internal readonly ref struct HeadArguments
{
    /// <summary>The status line's text.</summary>
    public ReadOnlySpan<byte> Status { get; init; }

    public CallerMemory Headers { get; init; }

    public bool KeepConnection { get; init; }
}
