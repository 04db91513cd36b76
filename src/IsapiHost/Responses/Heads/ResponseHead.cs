namespace IsapiHost.Responses.Heads;

/// <summary>
/// A response head as the client may see it: checked, with everything that concerns framing and the connection taken out of
/// <see cref="Headers"/>. Immutable, so one instance serves all requests that send the same text.
/// </summary>
internal sealed record ResponseHead
{
    /// <summary>100 to 999.</summary>
    public required int StatusCode { get; init; }

    /// <summary>The reason phrase without control characters, bytes from 0x80 as Latin-1; null stands for the usual one.</summary>
    public required string? ReasonPhrase { get; init; }

    /// <summary>
    /// One entry per name, in the order of first use. Never Connection, Keep-Alive, Proxy-Connection, Transfer-Encoding or Content-Length.
    /// Not to be changed.
    /// </summary>
    public required ResponseHeader[] Headers { get; init; }

    /// <summary>The length of the body that the extension promised; null if none, or none that can be believed.</summary>
    public long? ContentLength { get; init; }

    /// <summary>Whether the extension frames its body in chunks itself.</summary>
    public bool ChunkedByExtension { get; init; }

    /// <summary>Whether the extension asked for the connection to be closed.</summary>
    public bool Close { get; init; }

    /// <summary>Whether another head must follow this one.</summary>
    public bool IsInterim => StatusCode is >= 100 and < 200;

    /// <summary>What was repaired.</summary>
    public ResponseHeadFaults Faults { get; init; }
}
