using System.Runtime.InteropServices;
using System.Text;
using IsapiHost.Interop;
using IsapiHost.Mapping;

namespace IsapiHost.Extensions.Support;

/// <summary>A physical path in the caller's encoding, with its NUL.</summary>
/// <param name="Path">The path, whole.</param>
/// <param name="Bytes">What the caller gets of it.</param>
/// <param name="MatchingPath">cchMatchingPath.</param>
/// <param name="MatchingUrl">cchMatchingURL.</param>
internal sealed record MappedUrlResult(string Path, byte[] Bytes, int MatchingPath, int MatchingUrl)
{
    /// <summary>The size of lpszPath in both HSE_URL_MAPEX_INFO structures, in characters.</summary>
    public const int MaxPath = 260;

    /// <summary>Maps a URL, whose query counts for nothing.</summary>
    /// <param name="request">The request that asks.</param>
    /// <param name="url">As the caller gave it.</param>
    /// <param name="wide">UTF-16; else the ANSI code page.</param>
    /// <param name="bounded">Cut to <see cref="MaxPath"/>, between characters; ERROR_INSUFFICIENT_BUFFER tells of it.</param>
    public static SupportResult<MappedUrlResult> Map(ExtensionRequest request, string url, bool wide, bool bounded)
    {
        var query = url.IndexOf('?', StringComparison.Ordinal);
        using var mapped = request.View.Urls.Map(query < 0 ? url : url.AsSpan(0, query));
        if (mapped.IsRefused)
        {
            return new SupportResult<MappedUrlResult>(Win32Error.INVALID_PARAMETER);
        }

        var encoding = request.Host.Site.AnsiEncoding;
        var bytes = wide ? Wide(mapped.Text, bounded) : bounded ? NarrowBounded(mapped.Text, encoding) : [.. encoding.GetBytes([.. mapped.Text]), 0];
        var isWhole = !bounded || bytes.Length == (wide ? (mapped.Text.Length + 1) * sizeof(char) : encoding.GetByteCount(mapped.Text) + 1);
        return new SupportResult<MappedUrlResult>(
            new MappedUrlResult(mapped.Text.ToString(), bytes, mapped.MatchingPath, mapped.MatchingUrl),
            isWhole ? Win32Error.SUCCESS : Win32Error.INSUFFICIENT_BUFFER);
    }

    private static byte[] NarrowBounded(ReadOnlySpan<char> path, Encoding encoding)
    {
        Span<byte> room = stackalloc byte[MaxPath];
        encoding.GetEncoder().Convert(path, room[..^1], flush: true, out _, out var written, out _);
        return [.. room[..written], 0];
    }

    private static byte[] Wide(ReadOnlySpan<char> path, bool bounded)
    {
        // Half a surrogate pair is no character.
        var isCut = bounded && path.Length >= MaxPath;
        var length = !isCut ? path.Length : char.IsHighSurrogate(path[MaxPath - 2]) ? MaxPath - 2 : MaxPath - 1;
        return [.. MemoryMarshal.AsBytes(path[..length]), 0, 0];
    }
}
