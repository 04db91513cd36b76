namespace IsapiHost.Cli.Forwarding;

/// <summary>The settings of <c>--forward</c>, in section <c>Isapi</c> under these names.</summary>
internal sealed class ForwardOptions : IOptionGroup
{
    /// <summary>
    /// How long nothing may move between this host and the site: then a request that has no response gets 504, and a response that has
    /// begun is broken off. Zero waits for ever. An upgraded connection, such as a WebSocket, may be silent.
    /// </summary>
    [Bounds(0, BoundsAttribute.LongestTime)]
    public TimeSpan ForwardTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// Whether the site gets the <c>Host</c> that the client sent, as if there were nothing in front of it; otherwise its own name, and
    /// the client's in <c>X-Forwarded-Host</c> only.
    /// </summary>
    public bool ForwardKeepsHost { get; set; } = true;

    /// <summary>
    /// A PEM file with the certificates that an https site is trusted by, in place of the system's: its own or its issuer's.
    /// </summary>
    public string? ForwardCertificates { get; set; }

    /// <summary>Whether forwarded requests get a <c>Via</c> header (RFC 9110, 7.6.3).</summary>
    public bool ForwardVia { get; set; }
}
