namespace IsapiHost.Tests.Transport.Contracts;

/// <summary>Whose reader and writer are tested. What is true of Kestrel's must be true of the host's.</summary>
public enum TransportKind
{
    /// <summary>Kestrel's own sockets and pipes.</summary>
    Kestrel,

    /// <summary>The host's.</summary>
    Isapi,
}
