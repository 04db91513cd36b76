using System.Globalization;
using System.Text;

namespace IsapiHost.Tracing;

/// <summary>Bytes of an extension as a person reads them: bounded, on one line.</summary>
internal static class DisplayFormatter
{
    /// <summary>More bytes of a body than this are not shown.</summary>
    public const int MaxBytes = 64;

    /// <summary>More bytes of a head or a variable are not looked at.</summary>
    public const int MaxText = 4096;

    private const int MaxShown = 512;
    private const int MaxHex = 32;

    /// <summary>The first bytes of a buffer: <c>5 bytes "Hello"</c>.</summary>
    public static string Buffer(ReadOnlySpan<byte> buffer) =>
        buffer.IsEmpty
            ? "0 bytes"
            : $"{buffer.Length} bytes {Data(SecretMask.Lines(Encoding.Latin1.GetString(buffer[..Math.Min(buffer.Length, MaxText)])))}";

    /// <summary>The first bytes of a body, as Latin-1: in quotes if a person can read them, else in hexadecimal.</summary>
    public static string Data(string bytes) => IsBinary(bytes.AsSpan(0, Math.Min(bytes.Length, MaxBytes))) ? Hex(bytes) : Quote(bytes, MaxBytes);

    /// <summary>A text in quotes, without line breaks and control characters, cut at a limit.</summary>
    public static string Quote(string text, int limit = MaxShown)
    {
        var shown = new StringBuilder("\"");
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, limit)))
        {
            shown.Append(c switch
            {
                '\r' => "\\r",
                '\n' => "\\n",
                '\t' => "\\t",
                '"' => "\\\"",
                '\\' => "\\\\",
                _ when char.IsControl(c) => $"\\x{(int)c:X2}",
                _ => c.ToString(),
            });
        }

        return shown.Append(text.Length > limit ? "\"…" : "\"").ToString();
    }

    /// <summary>A text in quotes, with secret lines masked.</summary>
    public static string Text(ReadOnlySpan<byte> text) => Text(Encoding.Latin1.GetString(text));

    /// <inheritdoc cref="Text(ReadOnlySpan{byte})"/>
    public static string Text(string text) => Quote(SecretMask.Lines(text));

    // A stray NUL does not make a text binary, and UTF-8 has bytes that are control characters in Latin-1.
    private static bool IsBinary(ReadOnlySpan<char> bytes)
    {
        int controls = 0, highControls = 0;
        foreach (var c in bytes)
        {
            controls += c is < ' ' and not ('\t' or '\n' or '\r' or '\f') or '\x7F' ? 1 : 0;
            highControls += c is >= '\x80' and < '\xA0' ? 1 : 0;
        }

        return controls > Math.Max(1, bytes.Length / 16) || (controls > 0 && controls + highControls > bytes.Length / 8);
    }

    private static string Hex(string bytes)
    {
        var shown = bytes.AsSpan(0, Math.Min(bytes.Length, MaxHex));
        return string.Join(' ', Encoding.Latin1.GetBytes(shown.ToArray()).Select(value => value.ToString("x2", CultureInfo.InvariantCulture)))
            + (bytes.Length > MaxHex ? " …" : "");
    }
}
