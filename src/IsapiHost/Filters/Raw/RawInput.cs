using System.Buffers;
using System.IO.Pipelines;
using IsapiHost.Interop.Abi;

namespace IsapiHost.Filters.Raw;

/// <summary>
/// What the server reads from a connection. Bytes are taken from the transport only when the server wants some, and go through
/// READ_RAW_DATA on their way, so a filter sees no byte of a request before the one in front of it is answered.
/// </summary>
internal sealed class RawInput : PipeReader
{
    // The read-ahead size of IIS.
    private const int LargestBlock = 49_152;

    private static readonly Func<object, FilterOutcome> s_read = static state => ((RawInput)state).RaiseRead();

    private readonly RawConnection _connection;
    private readonly PipeReader _transport;
    private readonly NotificationWorkItem _call;
    private readonly RawBlock _block = new();
    private readonly Pipe _filtered = new(new PipeOptions(
        readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 0, useSynchronizationContext: false));

    private int _nextReadSize;
    private bool _isPassing;
    private volatile bool _isReading;

    public RawInput(RawConnection connection, PipeReader transport)
    {
        _connection = connection;
        _transport = transport;
        _call = new NotificationWorkItem(connection.Host);
    }

    public override bool TryRead(out ReadResult result) => _isPassing ? _transport.TryRead(out result) : _filtered.Reader.TryRead(out result);

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        _isPassing ? _transport.ReadAsync(cancellationToken) : ReadFilteredAsync(cancellationToken);

    public override void AdvanceTo(SequencePosition consumed) => Current.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => Current.AdvanceTo(consumed, examined);

    public override void CancelPendingRead()
    {
        if (_isPassing || _isReading)
        {
            _transport.CancelPendingRead();
        }
        else
        {
            _filtered.Reader.CancelPendingRead();
        }
    }

    public override void Complete(Exception? exception = null)
    {
        _filtered.Reader.Complete(exception);
        _transport.Complete(exception);
    }

    private PipeReader Current => _isPassing ? _transport : _filtered.Reader;

    private async ValueTask<ReadResult> ReadFilteredAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_filtered.Reader.TryRead(out var ready))
            {
                return ready;
            }

            _isReading = true;
            var read = await _transport.ReadAsync(cancellationToken);
            _isReading = false;
            if (read.IsCanceled)
            {
                _transport.AdvanceTo(read.Buffer.Start);
                _filtered.Reader.CancelPendingRead();
                continue;
            }

            if (!Identify(read))
            {
                // Too few bytes; what is there stays in the transport.
                _transport.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            if (_isPassing)
            {
                // Nobody has advanced yet: the result is the server's as it is.
                return read;
            }

            await FilterAsync(read);
        }
    }

    private bool Identify(in ReadResult read)
    {
        Span<byte> first = stackalloc byte[16];
        var some = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, first.Length));
        some.CopyTo(first);
        if (!_connection.TryIdentify(first[..(int)some.Length]) && !read.IsCompleted)
        {
            return false;
        }

        _isPassing = _connection.Session is null || _connection.Port[SF_NOTIFY.READ_RAW_DATA] is null;
        return true;
    }

    private async ValueTask FilterAsync(ReadResult read)
    {
        var limit = _nextReadSize > 0 ? Math.Min(_nextReadSize, LargestBlock) : LargestBlock;
        var part = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, limit));
        foreach (var segment in part)
        {
            _block.Append(segment.Span);
        }

        var isEnd = part.IsEmpty && read.IsCompleted;
        _transport.AdvanceTo(part.End);
        if (isEnd)
        {
            // Whatever a filter still waited for more bytes with is all there is.
            await PassOnAsync(_block.Span);
            await _filtered.Writer.CompleteAsync();
            return;
        }

        var outcome = await _call.RunAsync(_connection.Host.EventThreads, s_read, this, stay: false, admitted: true);
        if (outcome == FilterOutcome.ReadNext)
        {
            if (_block.Count <= _connection.Host.ReadLimit)
            {
                return;
            }

            _connection.Host.Log.ReadLimit(_block.Count);
            outcome = FilterOutcome.Error;
        }

        _block.Clear();
        if (outcome == FilterOutcome.Continue)
        {
            await _filtered.Writer.FlushAsync();
            return;
        }

        // For the server this is the end of the connection.
        _connection.Close(outcome);
        await _filtered.Writer.CompleteAsync();
    }

    private ValueTask<FlushResult> PassOnAsync(ReadOnlySpan<byte> bytes)
    {
        _filtered.Writer.Write(bytes);
        return _filtered.Writer.FlushAsync();
    }

    // From the outer filters (high priority) to the inner ones.
    private unsafe FilterOutcome RaiseRead()
    {
        try
        {
            var data = _block.ToNative();
            var outcome = _connection.Session!.Notify(SF_NOTIFY.READ_RAW_DATA, &data, out var by);
            _nextReadSize = 0;
            if (outcome == FilterOutcome.ReadNext)
            {
                _nextReadSize = by!.NextReadSize;
                by.NextReadSize = 0;
                return outcome;
            }

            if (outcome == FilterOutcome.Continue)
            {
                _filtered.Writer.Write(RawBlock.Result(data));
            }

            return outcome;
        }
        catch (Exception e)
        {
            _connection.Host.Log.NotificationFailed(e);
            return FilterOutcome.Error;
        }
    }
}
