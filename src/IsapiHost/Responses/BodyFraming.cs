namespace IsapiHost.Responses;

/// <summary>How the body of a response is delimited on the wire; fixed when the head goes out.</summary>
internal enum BodyFraming
{
    /// <summary>The head has not gone out yet.</summary>
    Undecided,

    /// <summary>There is no body (HEAD, 204, 304 …): what the extension writes is counted and dropped.</summary>
    None,

    /// <summary>Content-Length.</summary>
    Length,

    /// <summary>The extension writes chunks itself and the client understands them: they pass unchanged.</summary>
    OwnChunks,

    /// <summary>The host writes the chunks, so that their content can go past Kestrel.</summary>
    DirectChunks,

    /// <summary>Kestrel delimits: chunks on HTTP/1.1, frames on HTTP/2, the end of the connection on HTTP/1.0.</summary>
    Server,
}
