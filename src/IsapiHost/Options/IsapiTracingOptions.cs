namespace IsapiHost;

/// <summary>Files with every native call of a request; section <c>Isapi:Tracing</c>.</summary>
public sealed class IsapiTracingOptions : IOptionGroup
{
    /// <summary>
    /// A folder that gets a JSON file for each request to an extension, with every native call; it is created if it is missing. Null, the
    /// default, is off. Traces show what requests contain; values of Authorization, Cookie, Set-Cookie and AUTH_PASSWORD are masked.
    /// </summary>
    public string? Folder { get; set; }

    /// <summary>
    /// Which requests get a file in <see cref="Folder"/>: <c>status&gt;=500 || ms&gt;1000 || violation</c>. Null is all. The conditions are
    /// described in docs/tracing.md.
    /// </summary>
    public string? When { get; set; }

    /// <summary>How many trace files are kept; the oldest are removed. 1,000 by default.</summary>
    [Bounds(1, int.MaxValue)]
    public int FileLimit { get; set; } = 1_000;
}
