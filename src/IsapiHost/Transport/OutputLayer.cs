namespace IsapiHost.Transport;

/// <summary>What makes the bytes that a connection sends of those that Kestrel writes.</summary>
internal enum OutputLayer
{
    /// <summary>Nothing, or nothing that is known.</summary>
    None,

    /// <summary>TLS.</summary>
    Tls,

    /// <summary>TLS, with HTTP/2 in it.</summary>
    MultiplexedTls,
}
