using System.Globalization;

namespace IsapiHost.EndToEnd.Wire;

/// <summary>The FNV-1a checksum that the module <c>checksum</c> tells, and bodies to try it on.</summary>
internal static class Checksum
{
    /// <summary>Bytes without a short period, so that a piece that is lost, doubled or moved changes the checksum.</summary>
    public static byte[] Body(int size)
    {
        var body = new byte[size];
        var state = 12345u;
        for (var i = 0; i < size; i++)
        {
            state = (state * 1_664_525) + 1_013_904_223;
            body[i] = (byte)(state >> 24);
        }

        return body;
    }

    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var hash = 2_166_136_261u;
        foreach (var value in bytes)
        {
            hash = (hash ^ value) * 16_777_619;
        }

        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
