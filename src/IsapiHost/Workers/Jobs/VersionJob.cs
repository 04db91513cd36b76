using IsapiHost.Workers.Protocol;

namespace IsapiHost.Workers.Jobs;

/// <summary>Calls GetExtensionVersion.</summary>
internal sealed class VersionJob(uint module) : AwaitedJob<VersionAnswer>
{
    public override MessageKind Kind => MessageKind.Version;

    public override void Write(ref MessageWriter message) => message.Number(module);

    protected override VersionAnswer Read(ref RecordValues values)
    {
        var accepted = values.DWord() != 0;
        var error = values.DWord();
        var version = values.DWord();
        return new VersionAnswer(accepted, error, version, values.Bytes().GetValueOrDefault().ToArray());
    }
}
