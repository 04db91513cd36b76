using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IsapiHost.Interop.Abi;

namespace IsapiHost.Filters.Raw;

/// <summary>Bytes in memory that filters may change in place: pinned, private to one direction of one connection, kept for the next block.</summary>
internal sealed unsafe class RawBlock
{
    private const int SmallestSize = 4096;
    private const int LargestKept = 256 * 1024;

    private byte[] _bytes = [];

    public int Count { get; private set; }

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Count);

    public Memory<byte> GetMemory(int sizeHint)
    {
        EnsureRoom(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(Count);
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes.Length - Count);
        Count += count;
    }

    public void Append(ReadOnlySpan<byte> data)
    {
        EnsureRoom(data.Length);
        data.CopyTo(_bytes.AsSpan(Count));
        Count += data.Length;
    }

    /// <summary>The bytes from <paramref name="start"/> on, and the room behind them.</summary>
    public HTTP_FILTER_RAW_DATA ToNative(int start = 0)
    {
        HTTP_FILTER_RAW_DATA data = default;
        data.pvInData = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_bytes)) + start;
        data.cbInData = (uint)(Count - start);
        data.cbInBuffer = (uint)(_bytes.Length - start);
        return data;
    }

    public void Clear()
    {
        Count = 0;
        if (_bytes.Length > LargestKept)
        {
            _bytes = [];
        }
    }

    /// <summary>Puts what the filters left of the block into its place; they may have pointed it at memory of their own.</summary>
    public static ReadOnlySpan<byte> Result(in HTTP_FILTER_RAW_DATA data) =>
        data.pvInData is null ? default : new ReadOnlySpan<byte>(data.pvInData, (int)Math.Min(data.cbInData, int.MaxValue));

    private void EnsureRoom(int more)
    {
        if (_bytes.Length - Count >= more)
        {
            return;
        }

        // Doubled: some filters append to a block when cbInBuffer says there is room.
        var size = Math.Clamp(((long)Count + more) * 2, SmallestSize, Array.MaxLength);
        var larger = GC.AllocateUninitializedArray<byte>((int)size, pinned: true);
        Span.CopyTo(larger);
        _bytes = larger;
    }
}
