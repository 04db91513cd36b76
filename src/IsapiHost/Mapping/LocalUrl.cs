using System.Text;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Mapping;

/// <summary>A URL of this server, as extensions and settings name it: an absolute path, with a query or without.</summary>
/// <param name="Target">Path and query as they would stand in a request line.</param>
/// <param name="Path">The path, decoded once and free of dot segments, as the server hands on those of clients.</param>
/// <param name="Query">The query, still encoded.</param>
internal sealed record LocalUrl(string Target, PathString Path, QueryString Query)
{
    /// <summary>Null for a text that is no such URL: relative, of another server, or with control characters.</summary>
    public static LocalUrl? TryParse(string text, UrlDecoder decoder)
    {
        if (!text.StartsWith('/') || text.Any(char.IsControl))
        {
            return null;
        }

        var target = UrlText.EscapeTarget(Encoding.UTF8.GetBytes(text));
        var path = RequestTarget.WithoutQuery(target);
        if (path.Contains("%00", StringComparison.Ordinal))
        {
            return null;
        }

        // Made by its constructor: the conversion from a string to a PathString would decode a second time.
        var decoded = new PathString(decoder.Decode(path));
        return new LocalUrl(target, decoded, path.Length == target.Length ? default : new QueryString(target[path.Length..]));
    }
}
