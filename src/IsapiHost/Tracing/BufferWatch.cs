using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using IsapiHost.Interop;
using IsapiHost.Transport;

namespace IsapiHost.Tracing;

/// <summary>The memory of an asynchronous write: the extension lends it from the start of the operation to its completion.</summary>
internal sealed class BufferWatch
{
    private const int Step = 64 * 1024;

    private readonly (TransferPart Part, uint? Checksum)[] _buffers;

    private BufferWatch((TransferPart Part, uint? Checksum)[] buffers) => _buffers = buffers;

    /// <summary>Notes what the buffers of an operation contain; null where that cannot be looked up.</summary>
    public static BufferWatch? Begin(ReadOnlySpan<TransferPart> parts)
    {
        if (!UnsafeMemoryProbe.IsAvailable)
        {
            return null;
        }

        List<(TransferPart Part, uint? Checksum)> buffers = [];
        foreach (var part in parts)
        {
            if (part.File is null)
            {
                buffers.Add((part, Checksum(part)));
            }
        }

        return new BufferWatch([.. buffers]);
    }

    /// <summary>What has changed, before the completion is called; null if nothing has.</summary>
    public string? FindChange()
    {
        foreach (var (part, before) in _buffers)
        {
            var now = Checksum(part);
            if (now != before)
            {
                return $"{part.Length} bytes, {(now is null ? "freed" : "changed")}";
            }
        }

        return null;
    }

    private static uint? Checksum(TransferPart part)
    {
        var copy = ArrayPool<byte>.Shared.Rent(Step);
        try
        {
            var checksum = uint.MaxValue;
            for (long done = 0; done < part.Length; done += Step)
            {
                var piece = copy.AsSpan(0, (int)Math.Min(Step, part.Length - done));
                if (!part.Memory.TryRead(done, piece))
                {
                    return null;
                }

                checksum = Add(checksum, piece);
            }

            return checksum;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    private static uint Add(uint checksum, ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            checksum = BitOperations.Crc32C(checksum, word);
        }

        foreach (var rest in bytes[(words.Length * sizeof(ulong))..])
        {
            checksum = BitOperations.Crc32C(checksum, rest);
        }

        return checksum;
    }
}
