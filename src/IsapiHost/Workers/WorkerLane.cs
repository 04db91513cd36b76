using IsapiHost.Workers.Processes;
using IsapiHost.Workers.Protocol;

namespace IsapiHost.Workers;

/// <summary>One lane as the host sees it: its job, and the records of its thread.</summary>
internal sealed class WorkerLane
{
    private const int NotVisited = 0;
    private const int Visited = 1;
    private const int VisitedAgain = 2;

    private readonly WorkerChannel _channel;
    private readonly WorkerCall _call;
    private byte[] _copy = [];
    private int _taken;
    private int _visit;
    private LaneExchange? _exchange;

    public WorkerLane(WorkerChannel channel, int index)
    {
        _channel = channel;
        _call = new WorkerCall(this);
        Index = index;
    }

    public int Index { get; }

    /// <summary>What runs in the lane, or null.</summary>
    public WorkerJob? Job { get; set; }

    /// <summary>Whether the memory of the lane is there.</summary>
    public bool IsAllocated { get; set; }

    public Span<byte> Inbound => _channel.Segment.Lane(Index).Slice(WorkerProtocol.LaneInbound, WorkerProtocol.InboundSize);

    /// <summary>Sends a job.</summary>
    /// <returns>False when what it has to say is too long.</returns>
    public bool TryPost(WorkerJob job)
    {
        var writer = new MessageWriter(Inbound);
        job.Write(ref writer);
        if (!writer.IsComplete)
        {
            return false;
        }

        Job = job;
        Send(job.Kind, writer.Length);
        _channel.Signal(WorkerProtocol.JobsOffset, Index);
        return true;
    }

    /// <summary>Sends something to the thread that waits in the lane.</summary>
    public void Reply(MessageKind kind, int length)
    {
        Send(kind, length);
        _channel.Signal(WorkerProtocol.RepliesOffset, Index);
    }

    public ValueTask FetchAsync(ulong address, Memory<byte> destination)
    {
        var writer = new MessageWriter(Inbound);
        writer.Number(address);
        writer.Number((ulong)destination.Length);
        return ExchangeAsync(new LaneExchange(destination), MessageKind.ResultFetch, writer.Length);
    }

    public ValueTask StoreAsync(ulong address, ReadOnlyMemory<byte> bytes)
    {
        var writer = new MessageWriter(Inbound);
        writer.Store(address, bytes.Span);
        return writer.IsComplete
            ? ExchangeAsync(new LaneExchange(default), MessageKind.ResultStore, writer.Length)
            : throw new ArgumentOutOfRangeException(nameof(bytes), "More than fits into a lane.");
    }

    /// <summary>Reads what the worker has posted. Called on the pump's thread.</summary>
    public void Visit()
    {
        if (Volatile.Read(ref _exchange) is null)
        {
            ReadPublished();
        }
        else if (Volatile.Read(ref _channel.Segment.LaneField(Index, WorkerProtocol.LaneWrittenOffset)) != 0
            && Interlocked.Exchange(ref _exchange, null) is { } exchange)
        {
            EndExchange(exchange);
        }
    }

    /// <summary>Reads what the worker has published, whether it has asked for that or not.</summary>
    public void ReadPublished()
    {
        while (true)
        {
            switch (Interlocked.CompareExchange(ref _visit, Visited, NotVisited))
            {
                case NotVisited:
                    _ = ReadAsync();
                    return;
                case Visited when Interlocked.CompareExchange(ref _visit, VisitedAgain, Visited) == Visited:
                case VisitedAgain:
                    return;
                default:
                    break;
            }
        }
    }

    /// <summary>The worker has ended: whoever waits for this lane hears of it.</summary>
    public void Lose(WorkerEnd end)
    {
        Interlocked.Exchange(ref _exchange, null)?.Fail(new WorkerGoneException(end));
        if (_channel.Take(this) is { } job)
        {
            job.Lost(end);
        }
    }

    private ValueTask ExchangeAsync(LaneExchange exchange, MessageKind kind, int length)
    {
        // Nobody takes the exchange up before the records of the call are gone: their post may still be on its way.
        Send(kind, length);
        Volatile.Write(ref _exchange, exchange);
        _channel.Signal(WorkerProtocol.RepliesOffset, Index);
        if (_channel.End is { } end && Interlocked.Exchange(ref _exchange, null) is { } lost)
        {
            lost.Fail(new WorkerGoneException(end));
        }

        return new ValueTask(exchange.Task);
    }

    private void Send(MessageKind kind, int length)
    {
        var segment = _channel.Segment;
        _taken = 0;
        segment.LaneField(Index, WorkerProtocol.LaneWrittenOffset) = 0;
        segment.LaneField(Index, WorkerProtocol.LaneKindOffset) = (uint)kind;
        Volatile.Write(ref segment.LaneField(Index, WorkerProtocol.LaneInboundLengthOffset), (uint)length);
    }

    private void EndExchange(LaneExchange exchange)
    {
        try
        {
            var records = CopyPublished();
            var head = RecordHead.Read(records.Span);
            if (head.Kind != RecordKind.Data)
            {
                throw new WorkerProtocolException($"{head.Kind} came in place of the memory that was asked for.");
            }

            var values = new RecordValues(records[WorkerProtocol.RecordHeaderSize..head.Size]);
            var bytes = values.IsAtEnd ? null : values.Bytes();
            if ((bytes?.Length ?? 0) != exchange.Destination.Length)
            {
                throw new WorkerProtocolException("The memory that was asked for has another length.");
            }

            bytes?.CopyTo(exchange.Destination);
            exchange.Complete();
        }
        catch (WorkerProtocolException e)
        {
            _channel.Fail(e.Message);
            exchange.Fail(new WorkerGoneException(new WorkerEnd(null, null, e.Message)));
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            do
            {
                Volatile.Write(ref _visit, Visited);
                if (await ReadPublishedAsync())
                {
                    // The lane is free, and perhaps already in use again.
                    return;
                }
            }
            while (Interlocked.CompareExchange(ref _visit, NotVisited, Visited) != Visited);
        }
        catch (WorkerProtocolException e)
        {
            _channel.Fail(e.Message);
        }
    }

    // True when the lane's job has ended.
    private async ValueTask<bool> ReadPublishedAsync()
    {
        var records = CopyPublished();
        while (!records.IsEmpty)
        {
            var head = RecordHead.Read(records.Span);
            var values = new RecordValues(records[WorkerProtocol.RecordHeaderSize..head.Size]);
            records = records[head.Size..];
            switch (head.Kind)
            {
                case RecordKind.Variable or RecordKind.Write or RecordKind.Read or RecordKind.Support:
                    CheckWaitingIsLast(head, records);
                    _call.Begin(head, values);
                    await CallAsync();
                    break;
                case RecordKind.Flush when head.Waits:
                    CheckWaitingIsLast(head, records);
                    _call.Begin(head, values);
                    _call.Answer(0);
                    break;
                case RecordKind.Return when records.IsEmpty:
                    Finish(values);
                    return true;
                case RecordKind.Lost when records.IsEmpty:
                    Release()?.Lost(null);
                    return true;
                default:
                    throw new WorkerProtocolException($"{head.Kind} has come, which nothing here asked for.");
            }
        }

        return false;
    }

    private async ValueTask CallAsync()
    {
        try
        {
            await _channel.Calls.HandleAsync(_call);
        }
        catch (WorkerGoneException)
        {
            // Nobody waits for the answer any more.
            return;
        }

        _call.Answer((uint)Interop.Win32Error.INVALID_FUNCTION);
    }

    private void Finish(RecordValues values)
    {
        if (Job is not { } job)
        {
            throw new WorkerProtocolException("A job has ended in a lane that has none.");
        }

        job.Returned(ref values);
        Release();
        job.Completed();
    }

    private WorkerJob? Release()
    {
        var job = _channel.Take(this);

        // The post of the last record may still be on its way, and must find nothing when it comes.
        _taken = 0;
        _channel.Segment.LaneField(Index, WorkerProtocol.LaneWrittenOffset) = 0;
        Volatile.Write(ref _visit, NotVisited);
        _channel.Release(this);
        return job;
    }

    // A thread that waits writes nothing more.
    private static void CheckWaitingIsLast(in RecordHead head, ReadOnlyMemory<byte> rest)
    {
        if (head.Waits && !rest.IsEmpty)
        {
            throw new WorkerProtocolException("Records follow on one whose thread waits.");
        }
    }

    // A copy, made once: what the worker changes afterwards changes nothing here.
    private ReadOnlyMemory<byte> CopyPublished()
    {
        var written = Volatile.Read(ref _channel.Segment.LaneField(Index, WorkerProtocol.LaneWrittenOffset));
        if (written > WorkerProtocol.OutboundSize || written < _taken || written % 8 != 0)
        {
            throw new WorkerProtocolException($"The records say that they have {written} bytes.");
        }

        var count = (int)written - _taken;
        if (_copy.Length < count)
        {
            _copy = new byte[Math.Max(4096, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count))];
        }

        _channel.Segment.Lane(Index).Slice(WorkerProtocol.LaneOutbound + _taken, count).CopyTo(_copy);
        _taken = (int)written;
        return _copy.AsMemory(0, count);
    }
}
