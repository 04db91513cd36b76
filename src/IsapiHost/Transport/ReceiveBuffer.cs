using System.Buffers;

namespace IsapiHost.Transport;

/// <summary>
/// The bytes that a connection has received and that nobody has consumed yet, in one piece. Holds no memory while there are none.
/// </summary>
internal sealed class ReceiveBuffer
{
    private const int SmallSize = 4 * 1024;
    private const int LargeSize = 64 * 1024;

    private byte[]? _bytes;
    private int _start;
    private int _end;
    private int _examined;
    private int _nextSize = SmallSize;

    public bool IsEmpty => _start == _end;

    /// <summary>Whether there are bytes that the reader has not looked at.</summary>
    public bool HasNews => _end != _examined;

    public ReadOnlySequence<byte> Unread => _bytes is null ? ReadOnlySequence<byte>.Empty : new(_bytes, _start, _end - _start);

    /// <summary>Where the next bytes go: at least one of them.</summary>
    public Memory<byte> GetRoom()
    {
        _bytes ??= ArrayPool<byte>.Shared.Rent(_nextSize);
        if (_end == _bytes.Length)
        {
            MakeRoom();
        }

        return _bytes.AsMemory(_end);
    }

    /// <summary>So many bytes have come into the room.</summary>
    public void Add(int count)
    {
        // A buffer that was filled promises more: a body, or many requests at once.
        _nextSize = count == _bytes!.Length - _end ? LargeSize : SmallSize;
        _end += count;
    }

    /// <param name="consumed">Not to be read again from here back.</param>
    /// <param name="examined">Bytes up to here are no news any more.</param>
    public void Advance(SequencePosition consumed, SequencePosition examined)
    {
        if (ReferenceEquals(consumed.GetObject(), _bytes))
        {
            _start = consumed.GetInteger();
        }

        if (ReferenceEquals(examined.GetObject(), _bytes))
        {
            _examined = examined.GetInteger();
        }
    }

    /// <summary>Gives the memory back: all of it was consumed, or nobody wants the rest.</summary>
    public void Return()
    {
        if (_bytes is not null)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            Forget();
        }
    }

    /// <summary>Leaves the memory to those who may still read it.</summary>
    public void Forget()
    {
        _bytes = null;
        _start = _end = _examined = 0;
    }

    // What is kept has been examined but not consumed: a head that is not complete, a record that is not whole.
    private void MakeRoom()
    {
        var kept = _end - _start;
        var target = kept > _bytes!.Length / 2 ? ArrayPool<byte>.Shared.Rent(_bytes.Length * 2) : _bytes;
        _bytes.AsSpan(_start, kept).CopyTo(target);
        if (target != _bytes)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = target;
        }

        _examined -= _start;
        _start = 0;
        _end = kept;
    }
}
