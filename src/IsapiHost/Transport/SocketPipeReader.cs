using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Tasks.Sources;
using IsapiHost.Threading;
using IsapiHost.Transport.Polling;
using Microsoft.AspNetCore.Connections;

namespace IsapiHost.Transport;

/// <summary>
/// The input of a connection, receiving on its socket when it is read and not before: no pipe and no other threads in between, and large
/// receives for large bodies.
/// </summary>
/// <remarks>One reader at a time, as Kestrel has it; <see cref="CancelPendingRead"/> and <see cref="Abort"/> from any thread.</remarks>
internal sealed class SocketPipeReader : PipeReader, IValueTaskSource<ReadResult>
{
    private const int SmallBuffer = 4 * 1024;
    private const int LargeBuffer = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly Action _ended;
    private readonly IReceive _receive;
    private ManualResetValueTaskSourceCore<ReadResult> _read;
    // Kept for the life of the connection: a shared pool would see it come and go with each request, on changing threads.
    private readonly byte[] _own = new byte[SmallBuffer];
    private byte[] _buffer;
    private int _start;
    private int _end;
    private int _examined;
    private int _nextSize = SmallBuffer;
    private bool _receiving;
    private bool _waiting;
    private bool _cancelled;
    private bool _atEnd;
    private bool _completed;
    private Exception? _failure;

    /// <param name="receive">Makes the receiving side of the connection's socket, given what it calls when a receive has ended.</param>
    /// <param name="ended">Is told once that the client sends nothing any more.</param>
    public SocketPipeReader(Func<Action, IReceive> receive, Action ended)
    {
        _ended = ended;
        _buffer = _own;
        _receive = receive(OnReceived);
    }

    /// <summary>Whether nobody reads at this moment, so that the end of the connection would not be noticed.</summary>
    public bool IsUnwatched => !_receiving && !_atEnd && _failure is null;

    /// <summary>The next bytes of the client are probably for an extension: who waits for them shall go on on one of these threads.</summary>
    public void ExpectExtension(ExtensionThreadPool threads) => _receive.ContinueOn = threads;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (TryTake(out var result))
            {
                return new ValueTask<ReadResult>(result);
            }

            if (_receiving || !Receive())
            {
                _waiting = true;
                _read.Reset();
                return new ValueTask<ReadResult>(this, _read.Version);
            }

            Received();
            TryTake(out result);
            return new ValueTask<ReadResult>(result);
        }
    }

    public override bool TryRead(out ReadResult result)
    {
        lock (_gate)
        {
            return TryTake(out result);
        }
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        lock (_gate)
        {
            if (consumed.GetObject() is null)
            {
                return;
            }

            _start = consumed.GetInteger();
            _examined = examined.GetInteger();
            if (_start == _end && !_receiving)
            {
                ReturnBuffer();
            }
        }
    }

    public override void CancelPendingRead()
    {
        ReadResult result;
        lock (_gate)
        {
            _cancelled = true;
            if (!_waiting)
            {
                return;
            }

            _waiting = false;
            TryTake(out result);
            _read.RunContinuationsAsynchronously = true;
        }

        _read.SetResult(result);
    }

    public override void Complete(Exception? exception = null)
    {
        lock (_gate)
        {
            _completed = true;
            if (!_receiving)
            {
                ReturnBuffer();
            }
        }
    }

    /// <summary>The socket is about to be closed.</summary>
    public void Close() => _receive.Close();

    /// <summary>The connection is over.</summary>
    public void Abort(Exception reason)
    {
        lock (_gate)
        {
            _failure ??= reason;
        }
    }

    ReadResult IValueTaskSource<ReadResult>.GetResult(short token) => _read.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<ReadResult>.GetStatus(short token) => _read.GetStatus(token);

    void IValueTaskSource<ReadResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _read.OnCompleted(continuation, state, token, flags);

    private bool TryTake(out ReadResult result)
    {
        var cancelled = _cancelled;
        if (!cancelled && !_atEnd && _failure is null && _end == _examined)
        {
            result = default;
            return false;
        }

        _cancelled = false;
        if (_failure is { } failure && !cancelled && _end == _examined)
        {
            throw failure;
        }

        _receive.ContinueOn = null;
        result = new ReadResult(new ReadOnlySequence<byte>(_buffer, _start, _end - _start), cancelled, _atEnd);
        return true;
    }

    // True when it ended at once.
    private bool Receive()
    {
        EnsureRoom();
        _receiving = true;
        try
        {
            return !_receive.Start(_buffer.AsMemory(_end));
        }
        catch (ObjectDisposedException)
        {
            _failure ??= new ConnectionAbortedException();
            return true;
        }
    }

    private void OnReceived()
    {
        ReadResult result = default;
        Exception? failure = null;
        bool waiting;
        lock (_gate)
        {
            Received();
            waiting = _waiting;
            _waiting = false;
            if (waiting)
            {
                try
                {
                    TryTake(out result);
                }
                catch (Exception e) when (ReferenceEquals(e, _failure))
                {
                    failure = e;
                }

                _read.RunContinuationsAsynchronously = false;
            }

            if (_completed)
            {
                ReturnBuffer();
            }
        }

        if (waiting && failure is not null)
        {
            _read.SetException(failure);
        }
        else if (waiting)
        {
            _read.SetResult(result);
        }
    }

    private void Received()
    {
        _receiving = false;
        var error = _failure is null ? _receive.SocketError : SocketError.OperationAborted;
        var count = error == SocketError.Success ? _receive.BytesTransferred : 0;
        if (count > 0)
        {
            // A buffer that was filled promises more: a body, or many requests at once.
            _nextSize = count == _buffer.Length - _end ? LargeBuffer : SmallBuffer;
            _end += count;
        }
        else
        {
            End(error);
        }
    }

    private void End(SocketError error)
    {
        if (error == SocketError.Success)
        {
            _atEnd = true;
        }
        else
        {
            _failure ??= error is SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted
                ? new ConnectionResetException("The client has reset the connection.", new SocketException((int)error))
                : new ConnectionAbortedException();
        }

        _ended();
    }

    private void EnsureRoom()
    {
        if (_end == 0 && _buffer.Length < _nextSize)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(_nextSize);
            return;
        }

        var kept = _end - _start;
        if (_end < _buffer.Length)
        {
            return;
        }

        // What is kept has been examined but not consumed: a head that is not complete, a record that is not whole.
        var target = kept > _buffer.Length / 2 ? ArrayPool<byte>.Shared.Rent(_buffer.Length * 2) : _buffer;
        _buffer.AsSpan(_start, kept).CopyTo(target);
        if (target != _buffer)
        {
            ReturnRented();
            _buffer = target;
        }

        _examined -= _start;
        _start = 0;
        _end = kept;
    }

    private void ReturnBuffer()
    {
        ReturnRented();
        _buffer = _own;
        _start = 0;
        _end = 0;
        _examined = 0;
    }

    private void ReturnRented()
    {
        if (_buffer != _own)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }
}
