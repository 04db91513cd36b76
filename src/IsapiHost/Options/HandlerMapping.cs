namespace IsapiHost;

/// <summary>One URL pattern and the extension that answers it; IIS: an entry of <c>handlers</c>. Immutable and safe for all threads.</summary>
public sealed class HandlerMapping
{
    // What is left of the pattern to compare with: "/ext.dll", "/prefix", ".abc" or nothing.
    private readonly string _text;

    private HandlerMapping(string pattern, string modulePath, HandlerMappingKind kind, string text)
    {
        Pattern = pattern;
        ModulePath = modulePath;
        Kind = kind;
        _text = text;
    }

    /// <summary>The pattern as written: <c>*.abc</c>, <c>/prefix/*</c>, <c>*</c> or <c>/ext.dll</c>.</summary>
    public string Pattern { get; }

    /// <summary>The file of the extension.</summary>
    public string ModulePath { get; }

    /// <summary>The form of the pattern.</summary>
    public HandlerMappingKind Kind { get; }

    /// <summary>Reads a pattern. Patterns are compared without case with the decoded path of a URL.</summary>
    /// <param name="pattern">
    /// <c>*.abc</c> for a file extension (several dots are allowed), <c>/prefix/*</c> for everything below a prefix, <c>*</c> for every URL,
    /// or a plain path such as <c>/ext.dll</c> for that path and everything below it.
    /// </param>
    /// <param name="modulePath">The file of the extension, absolute or relative to the current folder; it is not opened here.</param>
    /// <exception cref="FormatException">The pattern is none of the known forms; the message says how to write it.</exception>
    /// <exception cref="ArgumentException"><paramref name="modulePath"/> is empty.</exception>
    public static HandlerMapping Parse(string pattern, string modulePath)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentException.ThrowIfNullOrWhiteSpace(modulePath);

        var (kind, text) = HandlerPattern.Parse(pattern);
        return new HandlerMapping(pattern, modulePath, kind, text);
    }

    /// <summary>The same pattern with the file named otherwise.</summary>
    internal HandlerMapping WithModulePath(string modulePath) => new(Pattern, modulePath, Kind, _text);

    /// <summary>Compares with a decoded URL path (see <see cref="Mapping.RequestPath"/>); allocates nothing.</summary>
    /// <param name="decodedPath">The whole path.</param>
    /// <param name="match">The match; its lengths count from the start of the whole path.</param>
    /// <param name="start">Where the part begins that the pattern speaks of: behind the path base, behind the prefix of a route group.</param>
    internal bool TryMatch(string decodedPath, out HandlerMatch match, int start = 0)
    {
        var scriptLength = Kind switch
        {
            HandlerMappingKind.Wildcard => decodedPath.Length,
            HandlerMappingKind.Script => FindScript(decodedPath, start),
            _ => IsAtOrBelow(decodedPath, start) ? start + _text.Length : -1,
        };

        match = scriptLength < 0 ? default : new HandlerMatch(this, scriptLength);
        return scriptLength >= 0;
    }

    private bool IsAtOrBelow(string path, int start)
    {
        var end = start + _text.Length;
        return path.AsSpan(start).StartsWith(_text, StringComparison.OrdinalIgnoreCase) && (path.Length == end || path[end] == '/');
    }

    // From the left: in /a.abc/b.abc the script is a.abc and b.abc its extra path.
    private int FindScript(string path, int start)
    {
        while (start < path.Length)
        {
            var slash = path.IndexOf('/', start);
            var end = slash < 0 ? path.Length : slash;

            if (path.AsSpan(start, end - start).EndsWith(_text, StringComparison.OrdinalIgnoreCase))
            {
                return end;
            }

            start = end + 1;
        }

        return -1;
    }
}
