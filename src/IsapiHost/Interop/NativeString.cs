namespace IsapiHost.Interop;

/// <summary>Reads the NUL-terminated strings that extensions pass, each with a bound.</summary>
internal static unsafe class NativeString
{
    /// <summary>The longest variable or header name.</summary>
    public const int MaxName = 256;

    /// <summary>The longest status text, log text or reason.</summary>
    public const int MaxText = 4096;

    /// <summary>The longest URL.</summary>
    public const int MaxUrl = 65_536;

    /// <summary>The longest header block.</summary>
    public const int MaxHead = 65_536;

    /// <summary>The bytes before the NUL, at most <paramref name="limit"/>; empty for a null pointer.</summary>
    public static ReadOnlySpan<byte> Read(byte* text, int limit) => text is null ? default : new ReadOnlySpan<byte>(text, Length(text, limit));

    /// <summary>As the other one, when the caller names a length that may count the NUL, or be zero although there is a string.</summary>
    public static ReadOnlySpan<byte> Read(byte* text, uint count, int limit) =>
        Read(text, count == 0 ? limit : (int)Math.Min(count, (uint)limit));

    private static int Length(byte* text, int limit)
    {
        var i = 0;
        while (i < limit && ((nint)(text + i) & (sizeof(ulong) - 1)) != 0)
        {
            if (text[i] == 0)
            {
                return i;
            }

            i++;
        }

        // Whole aligned words never reach into a page that the string does not touch.
        while (i + sizeof(ulong) <= limit && !HasZeroByte(*(ulong*)(text + i)))
        {
            i += sizeof(ulong);
        }

        while (i < limit && text[i] != 0)
        {
            i++;
        }

        return i;
    }

    private static bool HasZeroByte(ulong word) => ((word - 0x0101010101010101) & ~word & 0x8080808080808080) != 0;
}
