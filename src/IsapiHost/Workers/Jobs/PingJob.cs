using IsapiHost.Workers.Protocol;

namespace IsapiHost.Workers.Jobs;

/// <summary>Does nothing: the worker lives and has a free thread.</summary>
internal sealed class PingJob : AwaitedJob<bool>
{
    public override MessageKind Kind => MessageKind.Ping;

    public override void Write(ref MessageWriter message)
    {
    }

    protected override bool Read(ref RecordValues values) => true;
}
