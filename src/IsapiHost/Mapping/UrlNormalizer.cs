using System.Globalization;

namespace IsapiHost.Mapping;

/// <summary>NORMALIZE_URL for extensions and filters: percent-decoding, then removal of dot segments and doubled slashes, in place.</summary>
internal static class UrlNormalizer
{
    /// <summary>
    /// Normalises the path of a URL; scheme, host and query are left alone. Decodes exactly once. <c>%2F</c> stays text because the server
    /// itself does not take it for a separator, and <c>%00</c> because it would cut the C string.
    /// </summary>
    /// <returns>The new length, never longer than before.</returns>
    public static int Normalize(Span<byte> url)
    {
        var pathStart = PathStart(url);
        var query = url[pathStart..].IndexOf((byte)'?');
        var pathEnd = query < 0 ? url.Length : pathStart + query;
        var path = url[pathStart..pathEnd];

        var length = PathSegments.Collapse(path[..Decode(path)], out _);
        var rest = url[pathEnd..];
        rest.CopyTo(url[(pathStart + length)..]);
        return pathStart + length + rest.Length;
    }

    private static int PathStart(ReadOnlySpan<byte> url)
    {
        var schemeEnd = url.IndexOf("://"u8);

        if (schemeEnd <= 0 || url[..schemeEnd].ContainsAny((byte)'/', (byte)'?'))
        {
            return 0;
        }

        var authority = url[(schemeEnd + 3)..];
        var end = authority.IndexOfAny((byte)'/', (byte)'?');
        return schemeEnd + 3 + (end < 0 ? authority.Length : end);
    }

    private static int Decode(Span<byte> path)
    {
        var written = 0;

        for (var read = 0; read < path.Length; written++)
        {
            var escaped = path[read] == '%' && TryDecodeByte(path[read..], out path[written]);

            if (!escaped)
            {
                path[written] = path[read];
            }

            read += escaped ? 3 : 1;
        }

        return written;
    }

    private static bool TryDecodeByte(ReadOnlySpan<byte> text, out byte value)
    {
        value = text[0];

        if (text.Length < 3
            || !byte.TryParse(text.Slice(1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var decoded)
            || decoded is 0 or (byte)'/')
        {
            return false;
        }

        value = decoded;
        return true;
    }
}
