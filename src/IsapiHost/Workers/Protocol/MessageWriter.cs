using System.Buffers.Binary;

namespace IsapiHost.Workers.Protocol;

/// <summary>Writes the values of a message one behind the other. What does not fit makes the message incomplete, and nothing is written outside.</summary>
internal ref struct MessageWriter(Span<byte> room)
{
    private readonly Span<byte> _room = room;

    public int Length { get; private set; }

    /// <summary>Whether everything fitted.</summary>
    public bool IsComplete { get; private set; } = true;

    public void Null() => Add(ValueTag.Null, 0);

    public void Number(ulong number)
    {
        var place = Add(ValueTag.Number, sizeof(ulong));
        if (!place.IsEmpty)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(place, number);
        }
    }

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Room(bytes.Length));

    /// <summary>So many bytes, which the caller fills; empty when they do not fit.</summary>
    public Span<byte> Room(int length) => Add(ValueTag.Bytes, length);

    public void Store(ulong address, ReadOnlySpan<byte> bytes)
    {
        var place = Add(ValueTag.Store, sizeof(ulong) + bytes.Length);
        if (!place.IsEmpty)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(place, address);
            bytes.CopyTo(place[sizeof(ulong)..]);
        }
    }

    private Span<byte> Add(ValueTag tag, int length)
    {
        if (!IsComplete || WorkerProtocol.ValueHeaderSize + (long)WorkerProtocol.Align(length) > _room.Length - Length)
        {
            IsComplete = false;

            // Room for the caller to write to all the same; nobody reads it.
            return length == 0 || tag != ValueTag.Bytes ? default : new byte[length];
        }

        var place = _room[Length..];
        BinaryPrimitives.WriteUInt32LittleEndian(place, (uint)tag);
        BinaryPrimitives.WriteUInt32LittleEndian(place[sizeof(uint)..], (uint)length);
        Length += WorkerProtocol.ValueHeaderSize + WorkerProtocol.Align(length);
        return place.Slice(WorkerProtocol.ValueHeaderSize, length);
    }
}
