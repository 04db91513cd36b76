using System.Text;

namespace IsapiHost.EndToEnd.Wire;

/// <summary>How the end of a response body was told.</summary>
internal enum Framing
{
    /// <summary>There can be no body: HEAD, 204, 304.</summary>
    None,

    ContentLength,

    Chunked,

    /// <summary>By the end of the connection.</summary>
    Close,
}

/// <summary>One response as it came over the wire.</summary>
internal sealed record RawResponse(string Head, byte[] Body, Framing Framing)
{
    public string StatusLine => Head.Split("\r\n")[0];

    public int Status => int.Parse(StatusLine.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);

    public string Text => Encoding.Latin1.GetString(Body);

    /// <summary>All values of a header, in their order.</summary>
    public string[] Values(string name) =>
    [
        .. Head.Split("\r\n").Skip(1)
            .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            .Select(line => line[(name.Length + 1)..].Trim()),
    ];

    /// <summary>The one value of a header; null when it is not there.</summary>
    public string? Value(string name) => Values(name).SingleOrDefault();
}
