using IsapiHost.Workers.Protocol;

namespace IsapiHost.Workers;

/// <summary>A call of a module, copied out of its lane. Used again for the lane's next call.</summary>
internal sealed class WorkerCall
{
    private readonly WorkerLane _lane;
    private int _answerLength;
    private bool _answered;

    public WorkerCall(WorkerLane lane) => _lane = lane;

    public RecordKind Kind { get; private set; }

    /// <summary>Whether the calling thread waits; if not, it has got TRUE already.</summary>
    public bool Waits { get; private set; }

    /// <summary>The value of ConnID that the module has passed.</summary>
    public ulong Connection { get; private set; }

    /// <summary>dwHttpStatusCode at the time of the call.</summary>
    public uint Status { get; private set; }

    /// <summary>The arguments; valid until the call is answered.</summary>
    public RecordValues Values { get; private set; }

    public bool IsAnswered => _answered;

    /// <summary>Bytes that still fit into the answer.</summary>
    public int AnswerRoom => Math.Max(0, WorkerProtocol.InboundSize - _answerLength - (2 * WorkerProtocol.ValueHeaderSize) - sizeof(ulong));

    /// <summary>Copies memory of the caller.</summary>
    /// <exception cref="WorkerProtocolException">Something else has come.</exception>
    /// <exception cref="WorkerGoneException">The worker has ended.</exception>
    public ValueTask FetchAsync(ulong address, Memory<byte> destination) => _lane.FetchAsync(address, destination);

    /// <summary>Copies into the caller's memory, before the answer.</summary>
    /// <exception cref="WorkerGoneException">The worker has ended.</exception>
    public ValueTask StoreAsync(ulong address, ReadOnlyMemory<byte> bytes) => _lane.StoreAsync(address, bytes);

    /// <summary>Puts bytes into the caller's memory with the answer. False when they do not fit: then <see cref="StoreAsync"/> does it.</summary>
    public bool TryStore(ulong address, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > AnswerRoom)
        {
            return false;
        }

        var writer = new MessageWriter(_lane.Inbound[_answerLength..]);
        writer.Store(address, bytes);
        _answerLength += writer.Length;
        return true;
    }

    /// <summary>Ends the call: TRUE for 0, else FALSE and this last error.</summary>
    public void Answer(uint error)
    {
        if (!Waits || _answered)
        {
            return;
        }

        _answered = true;
        var writer = new MessageWriter(_lane.Inbound);
        writer.Number(error);
        _lane.Reply(MessageKind.Result, _answerLength);
    }

    internal void Begin(in RecordHead head, RecordValues values)
    {
        Kind = head.Kind;
        Waits = head.Waits;
        Connection = head.Connection;
        Status = head.Status;
        Values = values;
        _answered = false;

        // The error comes first, but is known last.
        _answerLength = WorkerProtocol.ValueHeaderSize + sizeof(ulong);
    }
}
