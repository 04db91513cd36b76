using IsapiHost.Testing.Expectations;

namespace IsapiHost.Testing.HttpFiles;

/// <summary>A request of an <c>.http</c> file as it stands there: <c>{{variables}}</c> are not filled in.</summary>
public sealed record HttpFileRequest
{
    /// <summary>
    /// The name from <c># @name x</c> or <c>### x</c>, else the method and URL; unique in its file. Expected responses are found by it.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>The line of the request line, from 1; 0 for a request that was made in memory.</summary>
    public int Line { get; init; }

    /// <summary>The method, such as <c>GET</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The URL with its continuation lines put together: <c>{{host}}/ext.dll?a=1</c>, absolute or beginning with <c>/</c>.</summary>
    public required string Url { get; init; }

    /// <summary>The headers in the order of the file.</summary>
    public IReadOnlyList<HttpFileHeader> Headers { get; init; } = [];

    /// <summary>The body; empty where there is none. Parts are divided by a line break.</summary>
    public IReadOnlyList<HttpFileBodyPart> Body { get; init; } = [];

    /// <summary>The <c># expect</c> lines of the request.</summary>
    public IReadOnlyList<InlineExpectation> Expectations { get; init; } = [];

    /// <summary>The <c># capture</c> lines of the request: what later requests use of its response.</summary>
    public IReadOnlyList<HttpFileCapture> Captures { get; init; } = [];

    /// <summary>
    /// Whether the request sends the cookies that earlier responses of the file have set, and keeps those of its own response: yes, unless
    /// it has a <c># @no-cookie-jar</c> line. A Cookie header of its own takes their place.
    /// </summary>
    public bool UsesCookies { get; init; } = true;
}
