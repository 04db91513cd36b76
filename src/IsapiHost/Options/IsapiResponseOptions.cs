namespace IsapiHost;

/// <summary>How responses of extensions reach clients; section <c>Isapi:Responses</c>.</summary>
public sealed class IsapiResponseOptions : IOptionGroup
{
    /// <summary>
    /// Response bytes of one request that are held back, so that small writes go out together and a short response gets a Content-Length;
    /// IIS: <c>responseBufferLimit</c>. 65,536 by default; 0 sends each write at once, as IIS 6 did.
    /// </summary>
    [Bounds(0, int.MaxValue)]
    public int BufferLimit { get; set; } = 65_536;

    /// <summary>
    /// The bytes per second below which a client that receives a response is disconnected, after a grace of 5 seconds (HTTP/1.1 only). Null, the
    /// default, leaves it to Kestrel (240, <c>KestrelServerLimits.MinResponseDataRate</c>); 0 waits for ever.
    /// IIS: <c>webLimits@minBytesPerSecond</c>.
    /// </summary>
    [Bounds(0, int.MaxValue)]
    public int? MinDataRate { get; set; }

    /// <summary>
    /// Whether files go from the disk to the socket inside the kernel (sendfile, TransmitFile) where nothing has to see their bytes. Null, the
    /// default: yes, but not on editions of Windows for clients, which let a file wait while two others go out that way. False is a remedy for
    /// drivers and network file systems that do this badly. IIS: always.
    /// </summary>
    public bool? KernelFileTransfer { get; set; }

    /// <summary>
    /// Whether a connection is closed whenever the extension did not ask to keep it (HSE_REQ_SEND_RESPONSE_HEADER, fKeepConn of
    /// HSE_REQ_SEND_RESPONSE_HEADER_EX), as IIS 6 did. Off by default: the end of the response is certain without that.
    /// </summary>
    public bool StrictKeepConnection { get; set; }

    /// <summary>
    /// Whether bytes that are neither a response head nor preceded by one are sent as text/html, as browsers took them from IIS 6.
    /// On by default; off sends them without a Content-Type.
    /// </summary>
    public bool TextWithoutHeadIsHtml { get; set; } = true;
}
