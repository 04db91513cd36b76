namespace IsapiHost.Interop;

/// <summary>Reads the NUL-terminated UTF-16 strings that extensions pass, each with a bound.</summary>
internal static unsafe class NativeWideString
{
    /// <summary>The characters before the NUL, at most <paramref name="limit"/> code units; empty for a null pointer.</summary>
    public static ReadOnlySpan<char> Read(char* text, int limit)
    {
        if (text is null)
        {
            return default;
        }

        // One by one: a longer step could reach into a page that the string does not touch.
        var length = 0;
        while (length < limit && text[length] != 0)
        {
            length++;
        }

        return new ReadOnlySpan<char>(text, length);
    }
}
