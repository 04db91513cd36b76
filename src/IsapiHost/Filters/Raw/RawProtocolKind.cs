namespace IsapiHost.Filters.Raw;

/// <summary>What the first bytes of a connection show.</summary>
internal enum RawProtocolKind
{
    /// <summary>More bytes are needed.</summary>
    Unknown,

    /// <summary>A request of HTTP/1, or something that the server will refuse as one.</summary>
    Http1,

    /// <summary>HTTP/2, whose frames mean nothing to filters.</summary>
    Http2,

    /// <summary>A TLS handshake: the bytes are not plain yet.</summary>
    Tls,
}
