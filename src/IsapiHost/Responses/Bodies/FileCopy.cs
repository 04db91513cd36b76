using System.Buffers;
using IsapiHost.Transport.Files;

namespace IsapiHost.Responses.Bodies;

/// <summary>Sends a file as bytes, where the kernel cannot.</summary>
internal static class FileCopy
{
    private const int Size = 64 * 1024;

    public static async ValueTask SendAsync(FileSource file, long offset, long length, Func<ReadOnlyMemory<byte>, ValueTask> send)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(length, Size));
        try
        {
            while (length > 0)
            {
                var count = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(length, buffer.Length)), offset);
                if (count == 0)
                {
                    // The file became shorter since its length was taken; a declared length cannot be kept any more.
                    throw new FileTransferException("The file ended early.");
                }

                await send(buffer.AsMemory(0, count));
                offset += count;
                length -= count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
