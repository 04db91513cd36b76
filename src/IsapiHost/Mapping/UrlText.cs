using System.Buffers;
using System.Globalization;
using System.Text;

namespace IsapiHost.Mapping;

/// <summary>Percent-encoding of URLs, in both directions.</summary>
internal static class UrlText
{
    // '#' begins a fragment, which no request line has.
    private static readonly SearchValues<byte> _visible = Range('!', '~');
    private static readonly SearchValues<byte> _ofTarget = Range('!', '~', except: '#');

    /// <summary>
    /// Escapes what cannot stand in a URL or a header at all: control characters, blanks, and characters beyond ASCII, as UTF-8. What is
    /// escaped already stays as it is.
    /// </summary>
    public static string Escape(string url) => Escape(Encoding.UTF8.GetBytes(url), _visible);

    /// <summary>The same for path and query of a request line, byte by byte; <c>#</c> is escaped as well.</summary>
    public static string EscapeTarget(ReadOnlySpan<byte> target) => Escape(target, _ofTarget);

    /// <summary>
    /// Decodes once, in place. <c>%2F</c> stays text because the server itself does not take it for a separator, and <c>%00</c> because it
    /// would cut a C string.
    /// </summary>
    /// <returns>The new length, never longer than before.</returns>
    public static int Unescape(Span<byte> path)
    {
        var written = 0;
        for (var read = 0; read < path.Length; written++)
        {
            var isEscape = path[read] == '%' && TryDecodeByte(path[read..], out path[written]);
            if (!isEscape)
            {
                path[written] = path[read];
            }

            read += isEscape ? 3 : 1;
        }

        return written;
    }

    private static string Escape(ReadOnlySpan<byte> text, SearchValues<byte> plain)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var unit in text)
        {
            if (plain.Contains(unit))
            {
                escaped.Append((char)unit);
            }
            else
            {
                escaped.Append('%').Append(unit.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return escaped.ToString();
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

    private static SearchValues<byte> Range(char first, char last, char except = '\0') =>
        SearchValues.Create([.. Enumerable.Range(first, last - first + 1).Where(c => c != except).Select(c => (byte)c)]);
}
