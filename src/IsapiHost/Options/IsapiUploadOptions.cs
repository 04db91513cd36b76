namespace IsapiHost;

/// <summary>How request bodies reach extensions, and which are refused; section <c>Isapi:Uploads</c>.</summary>
public sealed class IsapiUploadOptions : IOptionGroup
{
    /// <summary>
    /// Bytes of a request body that an extension finds at <c>lpbData</c> before it calls ReadClient; 49,152 by default. 0 leaves all of it to
    /// ReadClient, which some frameworks never call. IIS: <c>serverRuntime@uploadReadAheadSize</c>.
    /// </summary>
    [Bounds(0, uint.MaxValue)]
    public long ReadAheadSize { get; set; } = 49_152;

    /// <summary>
    /// The largest request body that an extension gets, in bytes; a larger one is answered with 413. IIS:
    /// <c>requestFiltering/requestLimits@maxAllowedContentLength</c>. 30,000,000 by default, as there; null is no limit. It takes the place of
    /// Kestrel's own limit for requests to extensions, except at an endpoint with a limit of its own (<c>RequestSizeLimitAttribute</c>).
    /// </summary>
    [Bounds(0, long.MaxValue, OrUnlimited = true)]
    public long? MaxSize { get; set; } = 30_000_000;

    /// <summary>
    /// Whether a request body that comes without a length (chunked) is read completely before the extension is called, up to 65,536 bytes in
    /// memory and more in a temporary file, so that <c>cbTotalBytes</c> is its true length. Off by default: the extension is called with the
    /// length 0xFFFFFFFF, which Delphi's WebBroker among others cannot read. IIS has no such option.
    /// </summary>
    public bool SpoolChunked { get; set; }

    /// <summary>
    /// The largest body that <see cref="SpoolChunked"/> takes, in bytes; a larger one is answered with 413. 30,000,000 by default; null is no
    /// limit.
    /// </summary>
    [Bounds(0, long.MaxValue, OrUnlimited = true)]
    public long? SpoolLimit { get; set; } = 30_000_000;

    /// <summary>
    /// The bytes per second below which a client that sends a body is disconnected, after a grace of 5 seconds (HTTP/1.1 only). Null, the
    /// default, leaves it to Kestrel (240, <c>KestrelServerLimits.MinRequestBodyDataRate</c>); 0 waits for ever.
    /// IIS: <c>webLimits@minBytesPerSecond</c>.
    /// </summary>
    [Bounds(0, int.MaxValue)]
    public int? MinDataRate { get; set; }
}
