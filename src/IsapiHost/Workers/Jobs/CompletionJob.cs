using IsapiHost.Workers.Protocol;

namespace IsapiHost.Workers.Jobs;

/// <summary>Calls a completion function (PFN_HSE_IO_COMPLETION) of a module.</summary>
internal abstract class CompletionJob : WorkerJob
{
    public int Slot { get; set; }

    public ulong Connection { get; set; }

    /// <summary>The function's address in the worker: a number here.</summary>
    public ulong Function { get; set; }

    public ulong Context { get; set; }

    public uint Bytes { get; set; }

    public uint Error { get; set; }

    public override MessageKind Kind => MessageKind.Completion;

    public override void Write(ref MessageWriter message)
    {
        message.Number((ulong)Slot);
        message.Number(Connection);
        message.Number(Function);
        message.Number(Context);
        message.Number(Bytes);
        message.Number(Error);
    }

    public override void Returned(ref RecordValues values)
    {
    }
}
