using System.Buffers;

namespace IsapiHost;

/// <summary>The grammar of handler patterns.</summary>
internal static class HandlerPattern
{
    // '?' and '#' end the path of a URL; the others cannot stand for themselves in a pattern.
    private static readonly SearchValues<char> NeverLiteral = SearchValues.Create("*?#\\\0\r\n");

    public static (HandlerMappingKind Kind, string Text) Parse(string pattern)
    {
        if (pattern == "*")
        {
            return (HandlerMappingKind.Wildcard, "");
        }

        if (pattern.StartsWith("*.", StringComparison.Ordinal))
        {
            return (HandlerMappingKind.Script, ParseFileExtension(pattern));
        }

        if (pattern == "/*")
        {
            throw Fault(pattern, "a prefix needs a name between '/' and '/*'");
        }

        return pattern.EndsWith("/*", StringComparison.Ordinal)
            ? (HandlerMappingKind.Prefix, ParsePath(pattern, pattern[..^2]))
            : (HandlerMappingKind.Direct, ParsePath(pattern, pattern));
    }

    private static string ParseFileExtension(string pattern)
    {
        var extension = pattern[1..];

        if (extension.Contains('/') || extension.AsSpan().ContainsAny(NeverLiteral))
        {
            throw Fault(pattern, "a file extension is plain text after '*.'");
        }

        if (extension.EndsWith('.') || extension.Contains("..", StringComparison.Ordinal))
        {
            throw Fault(pattern, "something is missing beside a dot");
        }

        return extension;
    }

    private static string ParsePath(string pattern, string path)
    {
        if (!path.StartsWith('/'))
        {
            throw Fault(pattern, "a path begins with '/'");
        }

        if (path.AsSpan().ContainsAny(NeverLiteral))
        {
            throw Fault(pattern, "a path is plain text, with '*' only as its last segment");
        }

        foreach (var segment in path.AsSpan(1).Split('/'))
        {
            // The server has removed such segments from every URL before it is compared, so the pattern could never match.
            if (path.AsSpan(1)[segment] is "" or "." or "..")
            {
                throw Fault(pattern, "it has an empty segment or ends in '/', or has a '.' or '..' segment");
            }
        }

        return path;
    }

    private static FormatException Fault(string pattern, string why) => new(
        $"The handler pattern '{pattern}' is not understood: {why}. Write '*.abc' for a file extension, '/prefix/*' for everything below a prefix, "
        + "'*' for every URL, or '/ext.dll' for that path and everything below it.");
}
