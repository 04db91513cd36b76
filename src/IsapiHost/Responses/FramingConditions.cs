namespace IsapiHost.Responses;

/// <summary>What the framing of a response depends on besides its head.</summary>
internal readonly record struct FramingConditions
{
    /// <summary>The length of the whole body when the extension writes no more; null when more may come.</summary>
    public long? CompleteLength { get; init; }

    /// <summary>Whether the client sent HEAD: it expects no body.</summary>
    public bool IsHead { get; init; }

    /// <summary>
    /// Whether a filter has turned the client's GET into HEAD: the extension's Content-Length is that of a body which it does not write, but which the client expects.
    /// </summary>
    public bool LengthIsOfHead { get; init; }

    /// <summary>Whether the extension's own chunks may pass unchanged.</summary>
    public bool PassesChunks { get; init; }

    /// <summary>Whether the host may write chunks itself, past Kestrel.</summary>
    public bool WritesChunks { get; init; }
}
