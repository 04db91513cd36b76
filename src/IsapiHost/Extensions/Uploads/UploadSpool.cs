using System.Buffers;
using Microsoft.AspNetCore.WebUtilities;

namespace IsapiHost.Extensions.Uploads;

/// <summary>A body of unknown length, read to its end so that its length is known: small ones in memory, larger ones in a temporary file.</summary>
internal static class UploadSpool
{
    private const int MemoryThreshold = 65_536;
    private const int Piece = 16_384;

    /// <summary>Where a body can be put; whoever disposes of it deletes the file.</summary>
    public static FileBufferingReadStream Create(Stream body) =>
        new(body, MemoryThreshold, bufferLimit: null, Path.GetTempPath);

    /// <summary>Reads the body; the spool then stands at its beginning again.</summary>
    /// <returns>The length, or null when the body is longer than <paramref name="limit"/> bytes: it is not read further then.</returns>
    public static async ValueTask<long?> FillAsync(FileBufferingReadStream spool, long limit)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            long total = 0;
            while (await spool.ReadAsync(buffer) is > 0 and var count)
            {
                total += count;
                if (total > limit)
                {
                    return null;
                }
            }

            spool.Position = 0;
            return total;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
