using System.Text;
using IsapiHost.Workers.Protocol;

namespace IsapiHost.Workers.Jobs;

/// <summary>Loads a module. Its path is as the worker's system writes it.</summary>
internal sealed class LoadJob(string path) : AwaitedJob<LoadedModule>
{
    public override MessageKind Kind => MessageKind.Load;

    public override void Write(ref MessageWriter message) => message.Bytes(Encoding.UTF8.GetBytes(path));

    protected override LoadedModule Read(ref RecordValues values)
    {
        var error = values.DWord();
        var index = values.DWord();
        var exports = (ModuleExports)values.DWord();
        return new LoadedModule(error, index, exports, Encoding.UTF8.GetString(values.Bytes().GetValueOrDefault().Span));
    }
}
