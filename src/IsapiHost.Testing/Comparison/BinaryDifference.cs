using System.Globalization;
using System.Text;

namespace IsapiHost.Testing.Comparison;

/// <summary>The first difference between two binary bodies, with the bytes around it.</summary>
internal static class BinaryDifference
{
    private const int Row = 16;

    /// <summary>Null if both are the same.</summary>
    public static string? Describe(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        int at = expected.CommonPrefixLength(actual);
        if (at == expected.Length && at == actual.Length)
        {
            return null;
        }

        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"  the first difference is at byte {at} (0x{at:x}); expected {expected.Length} bytes, received {actual.Length}");
        int first = Math.Max(0, (at / Row * Row) - Row);
        Rows(text, '-', expected, first);
        Rows(text, '+', actual, first);
        return text.ToString();
    }

    private static void Rows(StringBuilder text, char mark, ReadOnlySpan<byte> bytes, int first)
    {
        for (int start = first; start <= first + (2 * Row); start += Row)
        {
            ReadOnlySpan<byte> row = start < bytes.Length ? bytes.Slice(start, Math.Min(Row, bytes.Length - start)) : [];
            if (row.Length == 0)
            {
                text.Append(start == first || start - Row < bytes.Length ? $"\n  {mark} {start:x8}  (end)" : "");
                break;
            }

            text.Append(CultureInfo.InvariantCulture, $"\n  {mark} {start:x8} ");
            foreach (byte octet in row)
            {
                text.Append(CultureInfo.InvariantCulture, $" {octet:x2}");
            }

            text.Append(' ', 3 * (Row - row.Length)).Append("  ");
            foreach (byte octet in row)
            {
                text.Append(octet is >= 0x20 and < 0x7f ? (char)octet : '.');
            }
        }
    }
}
