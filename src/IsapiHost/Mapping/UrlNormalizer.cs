namespace IsapiHost.Mapping;

/// <summary>NORMALIZE_URL for extensions and filters: percent-decoding, then removal of dot segments and doubled slashes, in place.</summary>
internal static class UrlNormalizer
{
    /// <summary>
    /// Normalises the path of a URL; scheme, host and query are left alone. Decodes exactly once (see <see cref="UrlText.Unescape"/>).
    /// </summary>
    /// <returns>The new length, never longer than before.</returns>
    public static int Normalize(Span<byte> url)
    {
        var pathStart = PathStart(url);
        var query = url[pathStart..].IndexOf((byte)'?');
        var pathEnd = query < 0 ? url.Length : pathStart + query;
        var path = url[pathStart..pathEnd];

        var length = PathSegments.Collapse(path[..UrlText.Unescape(path)], out _);
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
}
