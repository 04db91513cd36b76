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
/// <remarks>One reader at a time, as with every pipe; <see cref="CancelPendingRead"/> and <see cref="Abort"/> from any thread.</remarks>
internal sealed class SocketPipeReader : PipeReader, IReceiver, IValueTaskSource<ReadResult>
{
    private readonly Lock _gate = new();
    private readonly ConnectionClosedSignal _closed;
    private readonly IReceive _receive;
    private readonly ReceiveBuffer _buffer = new();
    private ManualResetValueTaskSourceCore<ReadResult> _read;
    private CancellationTokenRegistration _registration;
    private CancellationToken _token;
    private State _state;
    private bool _receiving;
    private bool _cancelled;
    private bool _ending;
    private bool _atEnd;
    private bool _completed;
    private Exception? _failure;

    /// <param name="receive">Makes the receiving side of the connection's socket for this reader.</param>
    /// <param name="closed">Raised when the client sends nothing any more, before the reader sees that.</param>
    public SocketPipeReader(Func<IReceiver, IReceive> receive, ConnectionClosedSignal closed)
    {
        _closed = closed;
        _receive = receive(this);
    }

    private enum State
    {
        /// <summary>Nobody reads.</summary>
        Idle,

        /// <summary>A read waits for bytes.</summary>
        Waiting,

        /// <summary>A result is with the reader until it advances.</summary>
        Lent,
    }

    /// <summary>Whether nobody reads at this moment, so that the end of the connection would not be noticed.</summary>
    public bool IsUnwatched => !_receiving && !_ending && _failure is null;

    /// <summary>The next bytes of the client are probably for an extension: who waits for them shall go on on one of these threads.</summary>
    public void ExpectExtension(ExtensionThreadPool threads) => _receive.ContinueOn = threads;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<ReadResult>(cancellationToken);
        }

        lock (_gate)
        {
            ThrowIfBusy();
            if (TryTake(out var result))
            {
                return new ValueTask<ReadResult>(result);
            }

            Receive();
            if (TryTake(out result))
            {
                return new ValueTask<ReadResult>(result);
            }

            _state = State.Waiting;
            _read.Reset();
            _token = cancellationToken;
            _registration = cancellationToken.UnsafeRegister(static (reader, token) => ((SocketPipeReader)reader!).CancelRead(token), this);
            return new ValueTask<ReadResult>(this, _read.Version);
        }
    }

    public override bool TryRead(out ReadResult result)
    {
        lock (_gate)
        {
            ThrowIfBusy();
            return TryTake(out result);
        }
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        lock (_gate)
        {
            if (_state != State.Lent)
            {
                throw new InvalidOperationException("There is no read to advance.");
            }

            _state = State.Idle;
            if (!_completed)
            {
                _buffer.Advance(consumed, examined);
                if (_buffer.IsEmpty && !_receiving)
                {
                    _buffer.Return();
                }
            }
        }
    }

    public override void CancelPendingRead()
    {
        ReadResult result;
        lock (_gate)
        {
            _cancelled = true;
            if (_state != State.Waiting)
            {
                return;
            }

            TryTake(out result);
            EndWait(inline: false);
        }

        _read.SetResult(result);
    }

    public override void Complete(Exception? exception = null)
    {
        lock (_gate)
        {
            _completed = true;
            if (_state == State.Lent)
            {
                // The extension that reads may copy from it at this moment.
                _buffer.Forget();
            }
            else if (!_receiving)
            {
                _buffer.Return();
            }
        }
    }

    /// <summary>The socket is about to be closed.</summary>
    public void Close() => _receive.Close();

    /// <summary>The connection is over: reads fail from now on.</summary>
    public void Abort(Exception reason)
    {
        lock (_gate)
        {
            if (!_ending)
            {
                _failure ??= reason;
            }
        }
    }

    Memory<byte> IReceiver.GetRoom()
    {
        lock (_gate)
        {
            return _buffer.GetRoom();
        }
    }

    void IReceiver.ReturnRoom()
    {
        lock (_gate)
        {
            if (_buffer.IsEmpty)
            {
                _buffer.Return();
            }
        }
    }

    void IReceiver.OnReceived()
    {
        lock (_gate)
        {
            Received();
        }

        Deliver();
    }

    ReadResult IValueTaskSource<ReadResult>.GetResult(short token) => _read.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<ReadResult>.GetStatus(short token) => _read.GetStatus(token);

    void IValueTaskSource<ReadResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _read.OnCompleted(continuation, state, token, flags);

    private void ThrowIfBusy()
    {
        if (_completed)
        {
            throw new InvalidOperationException("The reader was completed.");
        }

        if (_state != State.Idle)
        {
            throw new InvalidOperationException("Another read is under way, or its result was not advanced.");
        }
    }

    private bool TryTake(out ReadResult result)
    {
        var cancelled = _cancelled;
        if (!cancelled && !_atEnd && _failure is null && !_buffer.HasNews)
        {
            result = default;
            return false;
        }

        _cancelled = false;
        if (_failure is { } failure && !cancelled && !_buffer.HasNews)
        {
            throw failure;
        }

        _receive.ContinueOn = null;
        _state = State.Lent;
        result = new ReadResult(_buffer.Unread, cancelled, _atEnd);
        return true;
    }

    private void Receive()
    {
        if (_receiving || _ending)
        {
            return;
        }

        if (!_buffer.IsEmpty)
        {
            // Moves what is kept, which must not happen once a cancelled read has lent it.
            _buffer.GetRoom();
        }

        _receiving = true;
        try
        {
            if (!_receive.Start())
            {
                Received();
            }
        }
        catch (ObjectDisposedException)
        {
            _receiving = false;
            End(new ConnectionAbortedException());
        }
    }

    private void Received()
    {
        _receiving = false;
        if (_completed)
        {
            _buffer.Return();
            return;
        }

        var error = _failure is null ? _receive.SocketError : SocketError.OperationAborted;
        if (error == SocketError.Success && _receive.BytesTransferred > 0)
        {
            _buffer.Add(_receive.BytesTransferred);
            return;
        }

        if (_buffer.IsEmpty && _state != State.Lent)
        {
            _buffer.Return();
        }

        End(error switch
        {
            SocketError.Success => null,
            SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted =>
                new ConnectionResetException("The client has reset the connection.", new SocketException((int)error)),
            _ => new ConnectionAbortedException(),
        });
    }

    // The end becomes visible when everybody has been told of it.
    private void End(Exception? failure)
    {
        _ending = true;
        var reason = _failure ?? failure;
        _failure = null;
        _closed.RaiseBefore(() =>
        {
            lock (_gate)
            {
                _failure = reason;
                _atEnd = reason is null;
            }

            Deliver();
        });
    }

    // Gives a read that waits what there is.
    private void Deliver()
    {
        ReadResult result = default;
        Exception? failure = null;
        lock (_gate)
        {
            if (_state != State.Waiting)
            {
                return;
            }

            try
            {
                if (!TryTake(out result))
                {
                    return;
                }
            }
            catch (Exception e) when (ReferenceEquals(e, _failure))
            {
                failure = e;
                _state = State.Idle;
            }

            EndWait(inline: true);
        }

        if (failure is not null)
        {
            _read.SetException(failure);
        }
        else
        {
            _read.SetResult(result);
        }
    }

    private void CancelRead(CancellationToken token)
    {
        lock (_gate)
        {
            if (_state != State.Waiting || token != _token)
            {
                return;
            }

            _state = State.Idle;
            EndWait(inline: false);
        }

        _read.SetException(new OperationCanceledException(token));
    }

    private void EndWait(bool inline)
    {
        _registration.Unregister();
        _registration = default;
        _token = default;
        _read.RunContinuationsAsynchronously = !inline;
    }
}
