using System.Text;
using IsapiHost.Workers;
using IsapiHost.Workers.Processes;
using IsapiHost.Workers.Protocol;

namespace IsapiHost.Tests.Workers;

/// <summary>A request with a query, whose control block is otherwise as simple as can be.</summary>
internal sealed class TestRequest(WorkerChannel worker, uint module, string query, int slot = 0, bool plain = true) : WorkerJob
{
    private readonly TaskCompletionSource<uint> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override MessageKind Kind => MessageKind.Extension;

    /// <summary>What HttpExtensionProc has returned.</summary>
    public Task<uint> Result => _result.Task;

    public string LogData { get; private set; } = "";

    public ulong Connection { get; } = WorkerConnection.Of(slot, 1, worker.PointerSize);

    public byte[] Preloaded { get; init; } = [];

    public (string Name, string Value)[] Variables { get; init; } = [];

    public override void Write(ref MessageWriter message)
    {
        message.Number((ulong)slot);
        message.Number(module);
        message.Number(Connection);
        message.Number(0x00080000);
        message.Number(plain ? 1u : 0);
        message.Number((ulong)Preloaded.Length);
        message.Bytes("GET"u8);
        message.Bytes(Encoding.Latin1.GetBytes(query));
        message.Bytes("/info"u8);
        message.Bytes("/srv/site/info"u8);
        message.Bytes("text/plain"u8);
        message.Bytes(Preloaded);
        message.Number((ulong)Variables.Length);
        foreach (var (name, value) in Variables)
        {
            message.Bytes(Encoding.Latin1.GetBytes(name));
            message.Bytes(Encoding.Latin1.GetBytes(value));
        }
    }

    public override void Returned(ref RecordValues values)
    {
        var result = values.DWord();
        LogData = Encoding.Latin1.GetString(values.Bytes().GetValueOrDefault().Span);
        _result.TrySetResult(result);
    }

    public override void Lost(WorkerEnd? end) =>
        _result.TrySetException(end is null ? new InvalidOperationException("The thread has ended.") : new WorkerGoneException(end));
}
