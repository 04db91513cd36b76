using System.Buffers.Binary;

namespace IsapiHost.Workers.Protocol;

/// <summary>The beginning of a record (struct record_header).</summary>
internal readonly record struct RecordHead(int Size, RecordKind Kind, bool Waits, ulong Connection, uint Status)
{
    /// <exception cref="WorkerProtocolException">The bytes are no record.</exception>
    public static RecordHead Read(ReadOnlySpan<byte> records)
    {
        if (records.Length < WorkerProtocol.RecordHeaderSize)
        {
            throw new WorkerProtocolException("The records end in the middle of one.");
        }

        var size = BinaryPrimitives.ReadUInt32LittleEndian(records);
        if (size < WorkerProtocol.RecordHeaderSize || size > records.Length || size % 8 != 0)
        {
            throw new WorkerProtocolException($"A record says that it has {size} bytes; there are {records.Length}.");
        }

        return new RecordHead(
            (int)size,
            (RecordKind)BinaryPrimitives.ReadUInt16LittleEndian(records[4..]),
            (BinaryPrimitives.ReadUInt16LittleEndian(records[6..]) & WorkerProtocol.RecordWaits) != 0,
            BinaryPrimitives.ReadUInt64LittleEndian(records[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(records[16..]));
    }
}
