using System.Buffers.Binary;

namespace IsapiHost.Workers.Protocol;

/// <summary>The values of a record, read in their order from a copy that the worker cannot change any more.</summary>
/// <exception cref="WorkerProtocolException">From each method: the record holds something else.</exception>
internal struct RecordValues(ReadOnlyMemory<byte> record)
{
    private ReadOnlyMemory<byte> _rest = record;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>What comes next; <see cref="ValueTag.Null"/> at the end.</summary>
    public readonly ValueTag Next => _rest.IsEmpty ? ValueTag.Null : (ValueTag)BinaryPrimitives.ReadUInt32LittleEndian(Head(_rest));

    public ulong Number()
    {
        var value = Take(ValueTag.Number, out var isNull);
        return isNull || value.Length != sizeof(ulong)
            ? throw new WorkerProtocolException("A number is missing.")
            : BinaryPrimitives.ReadUInt64LittleEndian(value.Span);
    }

    /// <summary>A number of 32 bits.</summary>
    public uint DWord() => Number() is <= uint.MaxValue and var number ? (uint)number : throw new WorkerProtocolException("A number is too large.");

    /// <summary>Bytes, or null for a null pointer.</summary>
    public ReadOnlyMemory<byte>? Bytes()
    {
        var value = Take(ValueTag.Bytes, out var isNull);
        return isNull ? null : value;
    }

    /// <summary>Memory that was not copied into the record, or null for a null pointer.</summary>
    public WorkerMemory? Memory()
    {
        var value = Take(ValueTag.Memory, out var isNull);
        if (isNull)
        {
            return null;
        }

        return value.Length != 2 * sizeof(ulong)
            ? throw new WorkerProtocolException("The range of memory is incomplete.")
            : new WorkerMemory(BinaryPrimitives.ReadUInt64LittleEndian(value.Span), BinaryPrimitives.ReadUInt64LittleEndian(value.Span[sizeof(ulong)..]));
    }

    private ReadOnlyMemory<byte> Take(ValueTag expected, out bool isNull)
    {
        var head = Head(_rest);
        var tag = (ValueTag)BinaryPrimitives.ReadUInt32LittleEndian(head);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(head[sizeof(uint)..]);
        var left = _rest.Length - WorkerProtocol.ValueHeaderSize;
        isNull = tag == ValueTag.Null;
        if ((tag != expected && !isNull) || length > left || WorkerProtocol.Align((int)length) > left)
        {
            throw new WorkerProtocolException($"A value says that it is {tag} of {length} bytes, which does not fit its record.");
        }

        var value = _rest.Slice(WorkerProtocol.ValueHeaderSize, (int)length);
        _rest = _rest[(WorkerProtocol.ValueHeaderSize + WorkerProtocol.Align((int)length))..];
        return value;
    }

    private static ReadOnlySpan<byte> Head(ReadOnlyMemory<byte> rest) =>
        rest.Length < WorkerProtocol.ValueHeaderSize
            ? throw new WorkerProtocolException("A record ends before its values do.")
            : rest.Span[..WorkerProtocol.ValueHeaderSize];
}
