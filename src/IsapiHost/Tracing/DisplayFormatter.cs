using System.Text;
using IsapiHost.Interop;

namespace IsapiHost.Tracing;

/// <summary>Bytes of an extension as a person reads them: bounded, on one line.</summary>
internal static unsafe class DisplayFormatter
{
    /// <summary>More bytes of a body than this are not shown.</summary>
    public const int MaxBytes = 64;

    /// <summary>More bytes of a head or a variable are not looked at.</summary>
    public const int MaxText = 4096;

    private const int MaxShown = 512;

    /// <summary>The first bytes of a buffer: <c>5 bytes "Hello"</c>.</summary>
    public static string Buffer(void* buffer, uint count) =>
        buffer is null || count == 0
            ? $"{count} bytes"
            : $"{count} bytes {Quote(SecretMask.Lines(Latin1(buffer, (int)Math.Min(count, MaxText))), MaxBytes)}";

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

    /// <summary>A NUL-terminated string in quotes, with secret lines masked.</summary>
    public static string Narrow(byte* text, int limit) =>
        text is null ? "NULL" : Quote(SecretMask.Lines(Encoding.Latin1.GetString(NativeString.Read(text, limit))));

    /// <summary>The same for UTF-16; the limit is in code units.</summary>
    public static string Wide(char* text, int limit) =>
        text is null ? "NULL" : Quote(SecretMask.Lines(NativeWideString.Read(text, limit).ToString()));

    public static string Latin1(void* start, int count) => Encoding.Latin1.GetString((byte*)start, count);
}
