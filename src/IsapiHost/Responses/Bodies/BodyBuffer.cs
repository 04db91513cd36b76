using System.Buffers;

namespace IsapiHost.Responses.Bodies;

/// <summary>Small writes of an extension, held until they go out together. In pooled memory; not thread-safe.</summary>
internal sealed class BodyBuffer
{
    private const int FirstSize = 2048;

    private byte[]? _bytes;

    public int Count { get; private set; }

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Count);

    /// <summary><see cref="Environment.TickCount64"/> of the last write that was added.</summary>
    public long LastAdded { get; private set; }

    /// <param name="data">What to add.</param>
    /// <param name="limit">The size up to which the buffer is expected to grow.</param>
    public void Add(ReadOnlySpan<byte> data, int limit)
    {
        var needed = Count + data.Length;
        if (_bytes is null || _bytes.Length < needed)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Min((_bytes?.Length ?? FirstSize) * 2, limit)));
            Span.CopyTo(larger);
            Return();
            _bytes = larger;
        }

        data.CopyTo(_bytes.AsSpan(Count));
        Count = needed;
        LastAdded = Environment.TickCount64;
    }

    /// <summary>Drops the first bytes.</summary>
    public void Skip(int count)
    {
        if (count > 0)
        {
            Span[count..].CopyTo(_bytes);
            Count -= count;
        }
    }

    /// <summary>Empties the buffer. The bytes stay as they are until the next <see cref="Add"/>.</summary>
    public ReadOnlyMemory<byte> Take()
    {
        var taken = _bytes.AsMemory(0, Count);
        Count = 0;
        return taken;
    }

    /// <summary>Gives the memory back to the pool.</summary>
    public void Reset()
    {
        Return();
        _bytes = null;
        Count = 0;
    }

    private void Return()
    {
        if (_bytes is not null)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }
    }
}
