using System.Text.Json.Serialization;

namespace IsapiHost.Tracing;

/// <summary>How the end of a response body was marked; traces have the member's name.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TraceFraming>))]
public enum TraceFraming
{
    /// <summary>No head went out.</summary>
    Undecided,

    /// <summary>There is no body (HEAD, 204, 304).</summary>
    None,

    /// <summary>By Content-Length.</summary>
    Length,

    /// <summary>By chunks that the extension wrote itself.</summary>
    OwnChunks,

    /// <summary>The extension wrote chunks, which were taken apart for a client that must not see them.</summary>
    DecodedChunks,

    /// <summary>By chunks that the host wrote itself.</summary>
    DirectChunks,

    /// <summary>By the server: chunks on HTTP/1.1, frames on HTTP/2, the end of the connection on HTTP/1.0.</summary>
    Server,
}
