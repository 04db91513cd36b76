namespace IsapiHost.Responses;

/// <summary>Whether a response came to the end that its head promised.</summary>
internal enum ResponseEnd
{
    /// <summary>It is complete, or left to the application because nothing was written, or the client has left.</summary>
    Complete,

    /// <summary>The extension wrote fewer bytes than its Content-Length says; the connection, or the stream, ends.</summary>
    TooShort,

    /// <summary>The extension's own chunks were malformed or not ended; the connection, or the stream, ends.</summary>
    BrokenChunks,
}
