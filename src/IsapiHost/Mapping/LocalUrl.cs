using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Mapping;

/// <summary>A URL of this server, as extensions and settings name it: an absolute path, with a query or without.</summary>
/// <param name="Target">Path and query as they would stand in a request line.</param>
/// <param name="Path">The path, decoded once and free of dot segments, as the server hands on those of clients.</param>
/// <param name="Query">The query, still encoded.</param>
internal sealed record LocalUrl(string Target, PathString Path, QueryString Query)
{
    private static readonly SearchValues<char> s_visible = SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(c => (char)c)]);

    /// <summary>Null for a text that is no such URL: relative, of another server, or with control characters.</summary>
    public static LocalUrl? TryParse(string text)
    {
        if (!text.StartsWith('/') || text.Any(char.IsControl))
        {
            return null;
        }

        var target = text.AsSpan().ContainsAnyExcept(s_visible) ? Escape(text) : text;
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var encodedPath = query < 0 ? target : target[..query];
        if (encodedPath.Contains("%00", StringComparison.Ordinal))
        {
            return null;
        }

        // Made by its constructor: the conversion from a string to a PathString would decode a second time.
        var path = PathString.FromUriComponent(encodedPath).Value!.ToCharArray();
        var decodedPath = new PathString(new string(path, 0, PathSegments.Collapse(path.AsSpan(), out _)));
        return new LocalUrl(target, decodedPath, query < 0 ? default : new QueryString(target[query..]));
    }

    // Blanks and letters beyond ASCII cannot stand in a request line; what is encoded already stays as it is.
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            escaped.Append(rune.Value is > ' ' and < 0x7F ? rune.ToString() : Uri.EscapeDataString(rune.ToString()));
        }

        return escaped.ToString();
    }
}
