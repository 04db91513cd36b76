using IsapiHost.Workers.Protocol;

namespace IsapiHost.Workers.Jobs;

/// <summary>Calls TerminateExtension, where there is one. The result says whether it returned TRUE.</summary>
internal sealed class TerminateJob(uint module, uint flags) : AwaitedJob<bool>
{
    public override MessageKind Kind => MessageKind.Terminate;

    public override void Write(ref MessageWriter message)
    {
        message.Number(module);
        message.Number(flags);
    }

    protected override bool Read(ref RecordValues values) => values.DWord() != 0;
}
