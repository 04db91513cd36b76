namespace IsapiHost.Filters.Raw;

/// <summary>Finds the head at the beginning of what the server sends.</summary>
internal static class ResponseHeadBlock
{
    /// <summary>The length of the head with its blank line; 0 when the bytes do not begin with a whole one.</summary>
    /// <param name="bytes">What the server sends.</param>
    /// <param name="isInterim">Whether another head follows for the same request: 100 Continue, 103 Early Hints.</param>
    public static int Measure(ReadOnlySpan<byte> bytes, out bool isInterim)
    {
        isInterim = false;
        if (!bytes.StartsWith("HTTP/1."u8))
        {
            return 0;
        }

        // "HTTP/1.1 1": 101 is the last one that the server gives.
        isInterim = bytes.Length > 11 && bytes[9] == '1' && !bytes[9..].StartsWith("101"u8);
        var end = bytes.IndexOf("\r\n\r\n"u8);
        return end < 0 ? 0 : end + 4;
    }
}
