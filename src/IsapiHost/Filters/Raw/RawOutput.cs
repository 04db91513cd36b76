using System.Buffers;
using System.IO.Pipelines;
using IsapiHost.Interop.Abi;
using IsapiHost.Threading;
using IsapiHost.Transport;

namespace IsapiHost.Filters.Raw;

/// <summary>What the server writes to a connection: each flush is a block for SEND_RAW_DATA before it goes to the transport.</summary>
internal sealed class RawOutput : PipeWriter
{
    // What a filter writes is shown to the others in blocks of at most this size.
    private const int LargestWrite = 1024 * 1024;

    private static readonly Func<object, FilterOutcome> _send = static state => ((RawOutput)state).SendBlock();

    private readonly RawConnection _connection;
    private readonly PipeWriter _transport;
    private readonly NotificationWorkItem _call;
    private readonly RawBlock _block = new();
    private readonly RawBlock _head = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _isMuted;
    private int _headsPassed;

    public RawOutput(RawConnection connection, PipeWriter transport)
    {
        _connection = connection;
        _transport = transport;
        _call = new NotificationWorkItem(connection.Host);
    }

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => IsFiltered ? _block.Count : _transport.UnflushedBytes;

    public override Memory<byte> GetMemory(int sizeHint = 0) => IsFiltered ? _block.GetMemory(sizeHint) : _transport.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        if (IsFiltered)
        {
            _block.Advance(bytes);
        }
        else
        {
            _transport.Advance(bytes);
        }
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        _block.Count == 0 ? _transport.FlushAsync(cancellationToken) : FlushBlockAsync(cancellationToken);

    public override void CancelPendingFlush() => _transport.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => _transport.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => _transport.CompleteAsync(exception);

    /// <summary>Bytes of a filter, behind everything that was flushed before; of one that is inside SEND_RAW_DATA in front of its block.</summary>
    public unsafe void WriteFor(FilterContext by, ReadOnlySpan<byte> data)
    {
        var isNested = by.Notification is SF_NOTIFY.SEND_RAW_DATA or SF_NOTIFY.READ_RAW_DATA;

        // Inside SEND_RAW_DATA the turn is the caller's already.
        var takesTurn = by.Notification != SF_NOTIFY.SEND_RAW_DATA;
        if (takesTurn)
        {
            _turn.Wait();
        }

        try
        {
            // Its own block: the turn's may be the one that a filter is just now looking at.
            var block = new RawBlock();
            for (var left = data; !left.IsEmpty; left = left[block.Count..])
            {
                block.Clear();
                block.Append(left[..Math.Min(left.Length, LargestWrite)]);
                Pass(block.ToNative(), by, isNested);
                SyncOverAsync.For(SentAsync());
            }
        }
        finally
        {
            if (takesTurn)
            {
                _turn.Release();
            }
        }
    }

    private bool IsFiltered => _connection.Session is not null && _connection.Port[SF_NOTIFY.SEND_RAW_DATA] is not null;

    private async ValueTask SentAsync()
    {
        var result = await _transport.FlushAsync();
        if (result.IsCompleted)
        {
            throw new ClientGoneException();
        }
    }

    private async ValueTask<FlushResult> FlushBlockAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // Never on the thread that flushes: Kestrel holds locks there that other connections' timers wait for.
            if (await _call.RunAsync(_connection.Host.EventThreads, _send, this, stay: false, admitted: true) != FilterOutcome.Continue)
            {
                // Its thread is lost, or the host has stopped: nobody knows what the filters made of the block.
                _isMuted = true;
            }

            return await _transport.FlushAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    private FilterOutcome SendBlock()
    {
        try
        {
            var writer = _connection.Session!.Request?.Writer;
            var start = PassHeads(writer);
            if (start < _block.Count || start == 0)
            {
                Pass(_block.ToNative(start), writer, isNested: false);
            }
        }
        catch (Exception e)
        {
            _connection.Host.Log.NotificationFailed(e);
            _isMuted = true;
        }

        _block.Clear();
        return FilterOutcome.Continue;
    }

    // Filters look for the head of a response in a block of its own: HTTP_FILTER_RAW_DATA, "the first block holds the head". It has room behind
    // it, so that they can add lines in place.
    private int PassHeads(FilterContext? writer)
    {
        var start = 0;
        while (ExpectsHead && ResponseHeadBlock.Measure(_block.Span[start..], out var isInterim) is var length and > 0)
        {
            _head.Clear();
            _head.Append(_block.Span.Slice(start, length));
            Pass(_head.ToNative(), writer, isNested: false);
            start += length;
            if (!isInterim)
            {
                _headsPassed = _connection.Session!.RequestNumber;
            }
        }

        return start;
    }

    // Between requests there are only the server's own answers to what is no request.
    private bool ExpectsHead => _connection.Session!.Request is null || _connection.Session.RequestNumber != _headsPassed;

    private unsafe void Pass(HTTP_FILTER_RAW_DATA data, FilterContext? writer, bool isNested)
    {
        if (_isMuted)
        {
            return;
        }

        var outcome = _connection.RaiseSend(&data, writer, isNested);
        if (outcome == FilterOutcome.Continue)
        {
            _transport.Write(RawBlock.Result(data));
            return;
        }

        _isMuted = true;
        _connection.Close(outcome);
    }
}
