using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace IsapiHost.Mapping;

/// <summary>
/// From the path of a URL as it stands in a request line to the path that handlers, filters and variables see: decoded once, without dot
/// segments and repeated slashes. As on IIS a path is UTF-8 or, if it is not, as a whole text of the ANSI code page. Immutable.
/// </summary>
/// <param name="ansi">The ANSI code page. Where that is UTF-8 itself, paths that are not UTF-8 are read as Latin-1.</param>
internal sealed class UrlDecoder(Encoding ansi)
{
    private const int Utf8CodePage = 65001;

    private readonly Encoding _fallback = ansi.CodePage == Utf8CodePage ? Encoding.Latin1 : ansi;

    /// <param name="path">The escaped path, without its query.</param>
    public string Decode(ReadOnlySpan<char> path)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(path.Length));
        try
        {
            var encoded = bytes.AsSpan(0, Encoding.UTF8.GetBytes(path, bytes));
            var decoded = encoded[..UrlText.Unescape(encoded)];
            return WithoutDetours((Utf8.IsValid(decoded) ? Encoding.UTF8 : _fallback).GetString(decoded));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>A decoded path without dot segments and repeated slashes.</summary>
    public static string WithoutDetours(string path)
    {
        var segments = path.ToCharArray();
        var length = PathSegments.Collapse(segments.AsSpan(), out _);
        return length == path.Length ? path : new string(segments, 0, length);
    }
}
