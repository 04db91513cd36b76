using System.Buffers;
using System.Text;

namespace IsapiHost.Responses.Heads;

/// <summary>Turns bytes of a head into text that can be sent: one line, no control characters, bytes from 0x80 as Latin-1.</summary>
internal static class FieldText
{
    private static readonly SearchValues<byte> s_controls = SearchValues.Create(Controls());

    private static readonly SearchValues<byte> s_tokenCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    /// <summary>Blanks and line ends: what is trimmed around a value.</summary>
    public static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    /// <summary>Whether these bytes are a token (RFC 9110, 5.6.2), as a field name must be.</summary>
    public static bool IsToken(ReadOnlySpan<byte> bytes) => !bytes.IsEmpty && !bytes.ContainsAnyExcept(s_tokenCharacters);

    /// <summary>The text of a value or reason phrase. A folded line becomes one line, joined with a space.</summary>
    public static string Read(ReadOnlySpan<byte> bytes, ref ResponseHeadFaults faults)
    {
        bytes = bytes.Trim(Blanks);
        if (bytes.ContainsAny(s_controls))
        {
            return ReadRepaired(bytes, ref faults);
        }

        return CommonFields.FindValue(bytes) ?? Encoding.Latin1.GetString(bytes);
    }

    private static string ReadRepaired(ReadOnlySpan<byte> bytes, ref ResponseHeadFaults faults)
    {
        char[] buffer = ArrayPool<char>.Shared.Rent(bytes.Length);
        int length = 0;
        bool afterFold = false;
        for (int i = 0; i < bytes.Length; i++)
        {
            byte value = bytes[i];
            if (value == '\n')
            {
                length = buffer.AsSpan(0, length).TrimEnd(" \t").Length;
                buffer[length++] = ' ';
                afterFold = true;
            }
            else if (s_controls.Contains(value))
            {
                if (value != '\r' || !IsLineEnd(bytes[i..]))
                {
                    faults |= ResponseHeadFaults.ControlCharacters;
                }
            }
            else if (!afterFold || value is not ((byte)' ' or (byte)'\t'))
            {
                buffer[length++] = (char)value;
                afterFold = false;
            }
        }

        string text = new(buffer.AsSpan(0, length).Trim(" \t"));
        ArrayPool<char>.Shared.Return(buffer);
        return text;
    }

    private static bool IsLineEnd(ReadOnlySpan<byte> bytes) => bytes.TrimStart((byte)'\r').StartsWith((byte)'\n');

    private static byte[] Controls()
    {
        byte[] controls = [.. Enumerable.Range(0, 0x20).Where(value => value != '\t').Select(value => (byte)value), 0x7F];
        return controls;
    }
}
