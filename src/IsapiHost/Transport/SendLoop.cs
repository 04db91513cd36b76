using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Tasks.Sources;
using IsapiHost.Transport.Files;

namespace IsapiHost.Transport;

/// <summary>
/// Takes what a pipe holds to a socket, and behind it memory or a file that goes past the pipe. One send at a time; who asks for one while
/// another is under way leaves it to that.
/// </summary>
internal sealed class SendLoop : IValueTaskSource<bool>
{
    // The first byte of a SETTINGS frame: the highest of its length. A response of HTTP/1 begins with a letter, TLS with 0x16.
    private const byte FirstOfHttp2 = 0;

    private static readonly Action<object?> _runScheduled = static loop => ((SendLoop)loop!).RunScheduled();

    private readonly PipeReader _written;
    private readonly SocketSend _send;
    private readonly ConnectionClosedSignal _closed;
    private readonly PipeScheduler _scheduler;
    private readonly Action<Exception> _failedInHost;
    private readonly TaskCompletionSource _ended = new();
    private ManualResetValueTaskSourceCore<bool> _past;
    private ReadOnlyMemory<byte> _memory;
    private FileSource? _file;
    private long _offset;
    private long _length;
    private int _hasPast;
    private int _state;
    private bool _hasSent;
    private volatile bool _failed;

    /// <param name="written">What is to be sent.</param>
    /// <param name="send">Sends on the socket.</param>
    /// <param name="scheduler">Runs what <see cref="SendSoon"/> leaves for later; the thread pool outside tests.</param>
    /// <param name="closed">Raised when the client takes nothing any more, before the writer sees that.</param>
    /// <param name="failedInHost">Told of what is no end of the connection.</param>
    public SendLoop(
        PipeReader written, SocketSend send, PipeScheduler scheduler, ConnectionClosedSignal closed, Action<Exception> failedInHost)
    {
        _written = written;
        _send = send;
        _scheduler = scheduler;
        _closed = closed;
        _failedInHost = failedInHost;
    }

    private static class State
    {
        public const int Idle = 0;

        /// <summary>The scheduler will send.</summary>
        public const int Scheduled = 1;

        public const int Sending = 2;

        /// <summary>Somebody has asked since the sender looked last.</summary>
        public const int SendingMore = 3;
    }

    /// <summary>Whether something is being sent at this moment, so that the client's pace matters.</summary>
    public bool IsSending => Volatile.Read(ref _state) >= State.Sending && !_failed;

    /// <summary>Whether the connection was found to speak HTTP/2 without TLS.</summary>
    public bool IsHttp2 { get; private set; }

    /// <summary>Ends when everything was sent behind which the writer has completed, or nothing more can be sent.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Sends on this thread, as far as the socket has room.</summary>
    public void Send()
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            var next = state < State.Sending ? State.Sending : State.SendingMore;
            if (Interlocked.CompareExchange(ref _state, next, state) == state)
            {
                if (next == State.Sending)
                {
                    _ = RunAsync();
                }

                return;
            }
        }
    }

    /// <summary>Sends soon, on another thread: what is written until then goes out together.</summary>
    /// <returns>False when that had been asked for already, so that what was written before waits as well.</returns>
    public bool SendSoon()
    {
        switch (Interlocked.CompareExchange(ref _state, State.Scheduled, State.Idle))
        {
            case State.Idle:
                _scheduler.Schedule(_runScheduled, this);
                return true;
            case State.Scheduled:
                return false;
            default:
                Send();
                return true;
        }
    }

    /// <summary>Sends memory behind what was written; false when the client is gone. It stays the caller's until this has ended.</summary>
    public ValueTask<bool> SendAsync(ReadOnlyMemory<byte> memory)
    {
        _memory = memory;
        return SendPastAsync();
    }

    /// <summary>Sends a range of a file behind what was written, by the kernel; false when the client is gone.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public ValueTask<bool> SendFileAsync(FileSource file, long offset, long length)
    {
        (_file, _offset, _length) = (file, offset, length);
        return SendPastAsync();
    }

    bool IValueTaskSource<bool>.GetResult(short token) => _past.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _past.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _past.OnCompleted(continuation, state, token, flags);

    private static bool IsEndOfConnection(Exception e) => e is ObjectDisposedException or SocketException or InvalidOperationException;

    // Somebody may have sent at once in the meantime.
    private void RunScheduled()
    {
        if (Interlocked.CompareExchange(ref _state, State.Sending, State.Scheduled) == State.Scheduled)
        {
            _ = RunAsync();
        }
    }

    private ValueTask<bool> SendPastAsync()
    {
        _past.Reset();
        var version = _past.Version;
        Interlocked.Exchange(ref _hasPast, 1);
        if (_failed && Interlocked.Exchange(ref _hasPast, 0) != 0)
        {
            return new ValueTask<bool>(false);
        }

        Send();
        return new ValueTask<bool>(this, version);
    }

    // Never throws. The caller has set the state.
    private async Task RunAsync()
    {
        var pastIsSent = false;
        do
        {
            Volatile.Write(ref _state, State.Sending);

            // Looked at first: what was written before it goes out before it.
            var hasPast = Volatile.Read(ref _hasPast) != 0;
            SocketError error;
            try
            {
                error = await SendWrittenAsync(hasPast);
                if (error == SocketError.Success && hasPast)
                {
                    error = await SendPastRestAsync();
                    pastIsSent = error == SocketError.Success && Interlocked.Exchange(ref _hasPast, 0) != 0;
                }
            }
            catch (Exception e) when (IsEndOfConnection(e))
            {
                error = SocketError.OperationAborted;
            }
            catch (Exception e)
            {
                FailInHost(e);
                return;
            }

            if (error != SocketError.Success)
            {
                Fail(pastIsSent);
                return;
            }
        }
        while (Interlocked.CompareExchange(ref _state, State.Idle, State.Sending) != State.Sending);

        if (pastIsSent)
        {
            // Last of all: who waits for it may go on with the next send on this very thread.
            _past.SetResult(true);
        }
    }

    private async ValueTask<SocketError> SendWrittenAsync(bool hasPast)
    {
        while (_written.TryRead(out var result))
        {
            var data = result.Buffer;
            if (data.IsEmpty)
            {
                _written.AdvanceTo(data.End);
                if (result.IsCompleted)
                {
                    _written.Complete();
                    _ended.TrySetResult();
                }

                break;
            }

            if (!_hasSent)
            {
                _hasSent = true;
                IsHttp2 = data.FirstSpan[0] == FirstOfHttp2;
            }

            // The head, and what goes past Kestrel behind it, by one call.
            var sent = _send.SendNow(data, hasPast ? _memory : default);
            var error = SocketError.Success;
            if (sent > data.Length)
            {
                _memory = _memory[(int)(sent - data.Length)..];
            }
            else if (sent < data.Length && hasPast && SocketSend.CanGather(_memory))
            {
                error = await _send.SendAsync(data, _memory);
                _memory = default;
            }
            else if (sent < data.Length)
            {
                error = await _send.SendAsync(data.Slice(sent), default);
            }

            if (error != SocketError.Success)
            {
                return error;
            }

            _written.AdvanceTo(data.End);
        }

        return SocketError.Success;
    }

    private async ValueTask<SocketError> SendPastRestAsync()
    {
        if (_file is { } file)
        {
            _file = null;
            return await _send.SendFileAsync(file, _offset, _length, _closed.Token);
        }

        var memory = _memory;
        _memory = default;
        memory = memory[(int)_send.SendNow(ReadOnlySequence<byte>.Empty, memory)..];
        return memory.IsEmpty ? SocketError.Success : await _send.SendAsync(memory);
    }

    // The state stays: nothing is sent any more.
    private void Fail(bool pastIsSent)
    {
        _failed = true;
        _closed.RaiseBefore(() =>
        {
            _written.Complete();
            _ended.TrySetResult();
            if (pastIsSent || Interlocked.Exchange(ref _hasPast, 0) != 0)
            {
                _past.SetResult(pastIsSent);
            }
        });
    }

    // After any number of bytes: nothing may follow.
    private void FailInHost(Exception exception)
    {
        _failed = true;
        _written.Complete();
        _ended.TrySetResult();
        if (Interlocked.Exchange(ref _hasPast, 0) != 0)
        {
            _past.SetException(exception);
        }
        else
        {
            _failedInHost(exception);
        }
    }
}
