using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace IsapiHost.Responses.Heads;

/// <summary>Reads the status in each form that extensions give it: <c>200 OK</c>, <c>404</c>, <c>HTTP/1.1 200 OK</c>, <c>200 200</c>.</summary>
internal static class StatusText
{
    private static ReadOnlySpan<byte> Blanks => " \t\r\n\0"u8;

    /// <summary>
    /// Whether a status argument says nothing about the status. A header line counts as that too: samples pass
    /// <c>Connection: Keep-Alive</c> here.
    /// </summary>
    public static bool IsAbsent(ReadOnlySpan<byte> text)
    {
        text = text.Trim(Blanks);
        return text.IsEmpty || (!char.IsAsciiDigit((char)text[0]) && !IsStatusLine(text) && text.Contains((byte)':'));
    }

    /// <summary>The first line of a text, and the lines behind it.</summary>
    public static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> rest)
    {
        int end = text.IndexOf((byte)'\n');
        rest = end < 0 ? [] : text[(end + 1)..];
        return end < 0 ? text : text[..end].TrimEnd((byte)'\r');
    }

    /// <summary>A text without blanks and line ends around it, up to its NUL.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        text = text.Trim(Blanks);
        int nul = text.IndexOf((byte)0);
        return nul < 0 ? text : text[..nul];
    }

    /// <summary>Whether a text begins as the first line of an HTTP response does.</summary>
    public static bool IsStatusLine(ReadOnlySpan<byte> text) => text.Length >= 5 && Ascii.EqualsIgnoreCase(text[..5], "HTTP/"u8);

    /// <summary>Reads code and reason from the first line of a text; false if it has no code from 100 to 999.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, ref ResponseHeadFaults faults, out int code, out string? reason)
    {
        code = 0;
        reason = null;
        text = text.Trim(Blanks);
        int end = text.IndexOfAny((byte)'\r', (byte)'\n', (byte)'\0');
        if (end >= 0)
        {
            faults |= ResponseHeadFaults.ControlCharacters;
            text = text[..end];
        }

        if (!text.IsEmpty && !char.IsAsciiDigit((char)text[0]))
        {
            // HTTP/1.1, or whatever word stands in its place.
            int blank = text.IndexOfAny((byte)' ', (byte)'\t');
            text = blank < 0 ? [] : text[blank..].TrimStart(Blanks);
        }

        int digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? text.Length : digits;
        if (digits != 3 || text[0] == '0')
        {
            return false;
        }

        code = ((text[0] - '0') * 100) + ((text[1] - '0') * 10) + (text[2] - '0');
        reason = ReadReason(code, text[..3], text[3..].Trim(Blanks), ref faults);
        return true;
    }

    private static string? ReadReason(int code, ReadOnlySpan<byte> digits, ReadOnlySpan<byte> text, ref ResponseHeadFaults faults)
    {
        // "200 200" repeats the code where no phrase was known.
        if (text.IsEmpty || text.SequenceEqual(digits) || Ascii.Equals(text, ReasonPhrases.GetReasonPhrase(code)))
        {
            return null;
        }

        string reason = FieldText.Read(text, ref faults);
        return reason.Length == 0 ? null : reason;
    }
}
