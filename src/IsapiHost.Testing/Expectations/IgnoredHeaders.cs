namespace IsapiHost.Testing.Expectations;

/// <summary>
/// The headers that are not compared: those that change with time, server or connection rather than with the extension, and what options and
/// <c># ignore</c> lines add; <c># compare</c> lines take one out. Immutable.
/// </summary>
public sealed class IgnoredHeaders
{
    private readonly HashSet<string> _names;

    private IgnoredHeaders(IEnumerable<string> names)
    {
        _names = new HashSet<string>(names, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Date, Server, X-Powered-By, Connection, Keep-Alive, Transfer-Encoding, Content-Length (the body itself is compared), Alt-Svc, Via and Age.
    /// </summary>
    public static IgnoredHeaders Default { get; } = new(
        ["Date", "Server", "X-Powered-By", "Connection", "Keep-Alive", "Transfer-Encoding", "Content-Length", "Alt-Svc", "Via", "Age"]);

    /// <summary>The names.</summary>
    public IReadOnlyCollection<string> Names => _names;

    /// <summary>Whether a header is not compared.</summary>
    /// <param name="name">Its name; case does not matter.</param>
    public bool Contains(string name) => _names.Contains(name);

    /// <summary>The same list with further names.</summary>
    /// <param name="names">The names to add.</param>
    public IgnoredHeaders With(params IEnumerable<string> names) => new(_names.Concat(names));

    /// <summary>The same list without some names.</summary>
    /// <param name="names">The names to compare after all.</param>
    public IgnoredHeaders Without(params IEnumerable<string> names) => new(_names.Except(names, StringComparer.OrdinalIgnoreCase));
}
