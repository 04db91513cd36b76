using IsapiHost.Workers.Protocol;

namespace IsapiHost.Workers.Jobs;

/// <summary>Copies memory of a module, at most <see cref="MaxLength"/> bytes of it.</summary>
internal sealed class FetchJob(ulong address, int length) : AwaitedJob<ReadOnlyMemory<byte>>
{
    /// <summary>What fits into a lane with room to spare.</summary>
    public const int MaxLength = 128 * 1024;

    public override MessageKind Kind => MessageKind.Fetch;

    public override void Write(ref MessageWriter message)
    {
        message.Number(address);
        message.Number((ulong)Math.Min(length, MaxLength));
    }

    protected override ReadOnlyMemory<byte> Read(ref RecordValues values) =>
        values.Bytes() is { } bytes && bytes.Length == Math.Min(length, MaxLength)
            ? bytes.ToArray()
            : throw new WorkerProtocolException("The memory that was asked for has another length.");
}
