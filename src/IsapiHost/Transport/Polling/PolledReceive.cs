using System.Net.Sockets;
using IsapiHost.Threading;

namespace IsapiHost.Transport.Polling;

/// <summary>Receives when a <see cref="SocketPoll"/> says that the socket has something, and chooses the thread that goes on with it.</summary>
/// <remarks>
/// .NET's sockets would pass what they received through a thread of its pool, from where a request goes to an extension thread. The next
/// request of a connection that was with an extension before goes to such a thread at once: it reads the head there and runs the extension.
/// </remarks>
internal sealed class PolledReceive : ExtensionWork, IReceive, IThreadPoolWorkItem
{
    private readonly Socket _socket;
    private readonly Action _completed;
    private readonly Action<PolledReceive> _closed;
    private ExtensionThreadPool? _continueOn;
    private Memory<byte> _buffer;
    private volatile State _state;

    /// <param name="socket">Not blocking.</param>
    /// <param name="completed">Told of the end of each receive that did not end at once.</param>
    /// <param name="closed">Told of the end of it all.</param>
    public PolledReceive(Socket socket, Action completed, Action<PolledReceive> closed)
    {
        _socket = socket;
        _completed = completed;
        _closed = closed;
    }

    private enum State
    {
        /// <summary>Nothing is known that a receive would not find by itself.</summary>
        Quiet,

        /// <summary>A receive waits for the socket.</summary>
        Waiting,

        /// <summary>The socket got something that no receive has looked for yet.</summary>
        Readable,

        Closed,
    }

    public SocketError SocketError { get; private set; }

    public int BytesTransferred { get; private set; }

    public ExtensionThreadPool? ContinueOn
    {
        set => Volatile.Write(ref _continueOn, value);
    }

    public bool Start(Memory<byte> buffer)
    {
        _buffer = buffer;
        return !TryReceive();
    }

    public void Close()
    {
        _closed(this);
        if (Interlocked.Exchange(ref _state, State.Closed) == State.Waiting)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>The poll's word that there is something to receive; returns at once.</summary>
    public void OnReadable()
    {
        var before = _state;
        while (before is State.Quiet or State.Waiting)
        {
            var after = before == State.Waiting ? State.Quiet : State.Readable;
            var found = Interlocked.CompareExchange(ref _state, after, before);
            if (found == before)
            {
                if (before == State.Waiting)
                {
                    GoOn();
                }

                return;
            }

            before = found;
        }
    }

    public override void Run()
    {
        var before = ExtensionThread.SetLeaving(true);
        Execute();
        ExtensionThread.SetLeaving(before);
    }

    /// <summary>No native code runs here, so there is none that could end the thread.</summary>
    public override void ThreadLost()
    {
    }

    public override bool TryRunElsewhere() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    public void Execute()
    {
        if (TryReceive())
        {
            _completed();
        }
    }

    private void GoOn()
    {
        if (Interlocked.Exchange(ref _continueOn, null)?.TryQueue(this, admitted: true) is not true)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    // False when the socket has nothing: then the poll will say when it has.
    private bool TryReceive()
    {
        while (Interlocked.CompareExchange(ref _state, State.Quiet, State.Readable) != State.Closed)
        {
            try
            {
                BytesTransferred = _socket.Receive(_buffer.Span, SocketFlags.None, out var error);
                SocketError = error;
            }
            catch (ObjectDisposedException)
            {
                break;
            }

            if (SocketError != SocketError.WouldBlock)
            {
                return true;
            }

            // Whatever the poll has said since the beginning of this receive makes this fail.
            if (Interlocked.CompareExchange(ref _state, State.Waiting, State.Quiet) == State.Quiet)
            {
                return false;
            }
        }

        BytesTransferred = 0;
        SocketError = SocketError.OperationAborted;
        return true;
    }
}
