using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace IsapiHost.Transport;

/// <summary>Blocks of memory for what connections have to send. A block is as large as a TLS record, which Kestrel makes of each.</summary>
/// <remarks>Pinned, so that the kernel can read from them without further ado. Thread-safe.</remarks>
internal sealed class BlockPool : MemoryPool<byte>
{
    /// <summary>Bytes of a block, and of the longest TLS record (RFC 8446, 5.1).</summary>
    public const int BlockSize = 16 * 1024;

    private readonly ConcurrentQueue<Block> _free = new();
    private int _freeCount;
    private int _leastFree;

    public static BlockPool Instance { get; } = new();

    public override int MaxBufferSize => BlockSize;

    /// <summary>Blocks that nobody uses.</summary>
    public int FreeCount => Volatile.Read(ref _freeCount);

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockSize);
        if (!_free.TryDequeue(out var block))
        {
            return new Block(this);
        }

        var left = Interlocked.Decrement(ref _freeCount);
        if (left < _leastFree)
        {
            _leastFree = left;
        }

        return block;
    }

    /// <summary>Gives up half of the blocks that nobody has used since the last call.</summary>
    public void Trim()
    {
        var surplus = (_leastFree + 1) / 2;
        for (; surplus > 0 && _free.TryDequeue(out _); surplus--)
        {
            Interlocked.Decrement(ref _freeCount);
        }

        _leastFree = FreeCount;
    }

    protected override void Dispose(bool disposing)
    {
    }

    private void Return(Block block)
    {
        _free.Enqueue(block);
        Interlocked.Increment(ref _freeCount);
    }

    private sealed class Block(BlockPool pool) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } =
            MemoryMarshal.CreateFromPinnedArray(GC.AllocateUninitializedArray<byte>(BlockSize, pinned: true), 0, BlockSize);

        public void Dispose() => pool.Return(this);
    }
}
