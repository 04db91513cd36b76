using System.Text;
using IsapiHost.Interop;
using IsapiHost.Workers;
using IsapiHost.Workers.Processes;
using IsapiHost.Workers.Protocol;

namespace IsapiHost.Tests.Workers;

/// <summary>A server of few words behind a worker's calls: it remembers what is sent and answers with fixed values.</summary>
internal sealed class RecordedCalls : IWorkerCalls
{
    private const uint SendResponseHeaderEx = 1016;
    private const uint DoneWithSession = 4;
    private const uint IoCompletion = 1005;

    private readonly MemoryStream _body = new();
    private readonly TaskCompletionSource<WorkerEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<string> Heads { get; } = [];

    public string Body
    {
        get
        {
            lock (_body)
            {
                return Encoding.Latin1.GetString(_body.ToArray());
            }
        }
    }

    public int BodyLength => (int)_body.Length;

    /// <summary>The functions that IO_COMPLETION has named.</summary>
    public (ulong Function, ulong Context) Completion { get; private set; }

    /// <summary>How often the worker had to wait.</summary>
    public int Answers { get; private set; }

    public Task<WorkerEnd> WhenEnded => _ended.Task;

    /// <summary>The session was ended by DONE_WITH_SESSION.</summary>
    public Task WhenDone => _done.Task;

    /// <summary>What a call of WriteClient with data that stays in the worker does before it is answered.</summary>
    public Func<WorkerCall, WorkerMemory, ValueTask>? OnLargeWrite { get; set; }

    public async ValueTask HandleAsync(WorkerCall call)
    {
        var values = call.Values;
        switch (call.Kind)
        {
            case RecordKind.Variable:
                Variable(call, ref values);
                return;
            case RecordKind.Write:
                _ = values.Number();
                _ = values.Number();
                _ = values.Number();
                _ = values.Number();
                if (values.Next == ValueTag.Memory)
                {
                    await FetchAsync(call, values.Memory()!.Value);
                }
                else
                {
                    Append(values.Bytes().GetValueOrDefault().Span);
                }

                break;
            case RecordKind.Read:
                var buffer = values.Number();
                var size = values.Number();
                await call.StoreAsync(buffer, "body"u8.ToArray());
                call.TryStore(size, BitConverter.GetBytes(4u));
                break;
            case RecordKind.Support:
                Support(ref values);
                break;
            default:
                break;
        }

        Answer(call, Win32Error.SUCCESS);
    }

    public void Ended(WorkerEnd end) => _ended.TrySetResult(end);

    private void Variable(WorkerCall call, ref RecordValues values)
    {
        var buffer = values.Number();
        var size = values.Number();
        var room = values.Number();
        var name = Encoding.Latin1.GetString(values.Bytes().GetValueOrDefault().Span);
        var value = Encoding.Latin1.GetBytes($"<{name}>\0");
        call.TryStore(size, BitConverter.GetBytes(value.Length));
        if (room < (ulong)value.Length)
        {
            Answer(call, Win32Error.INSUFFICIENT_BUFFER);
            return;
        }

        call.TryStore(buffer, value);
        Answer(call, Win32Error.SUCCESS);
    }

    private void Support(ref RecordValues values)
    {
        var code = values.DWord();
        var buffer = values.Number();
        _ = values.Number();
        var type = values.Number();
        switch (code)
        {
            case SendResponseHeaderEx:
                var status = values.Bytes();
                Heads.Add(Encoding.Latin1.GetString(status.GetValueOrDefault().Span));
                break;
            case DoneWithSession:
                _done.TrySetResult();
                break;
            case IoCompletion:
                Completion = (buffer, type);
                break;
            default:
                break;
        }
    }

    private async ValueTask FetchAsync(WorkerCall call, WorkerMemory memory)
    {
        if (OnLargeWrite is { } handler)
        {
            await handler(call, memory);
            return;
        }

        var piece = new byte[IsapiHost.Workers.Jobs.FetchJob.MaxLength];
        for (ulong done = 0; done < memory.Length;)
        {
            var part = piece.AsMemory(0, (int)Math.Min((ulong)piece.Length, memory.Length - done));
            await call.FetchAsync(memory.Address + done, part);
            Append(part.Span);
            done += (ulong)part.Length;
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_body)
        {
            _body.Write(bytes);
        }
    }

    private void Answer(WorkerCall call, Win32Error error)
    {
        Answers += call.Waits ? 1 : 0;
        call.Answer((uint)error);
    }
}
