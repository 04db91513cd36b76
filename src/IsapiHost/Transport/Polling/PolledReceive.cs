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
    private readonly IReceiver _receiver;
    private readonly Action<PolledReceive> _closed;
    private ExtensionThreadPool? _continueOn;
    private volatile State _state;

    // The last receive took all that there was, so the next one need not look: the poll will tell.
    private bool _isDrained;

    // The poll has told of the end once and may not tell again.
    private volatile bool _hasEnded;

    /// <param name="socket">Not blocking.</param>
    /// <param name="receiver">Told of the end of each receive that did not end at once.</param>
    /// <param name="closed">Told of the end of it all.</param>
    public PolledReceive(Socket socket, IReceiver receiver, Action<PolledReceive> closed)
    {
        _socket = socket;
        _receiver = receiver;
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

    public bool Start() => !TryReceive();

    public void Close()
    {
        _closed(this);
        if (Interlocked.Exchange(ref _state, State.Closed) == State.Waiting)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>The poll's word that there is something to receive; returns at once.</summary>
    /// <param name="hasEnded">The client has ended the connection, or it is broken: there may be bytes in front of that.</param>
    public void OnReadable(bool hasEnded)
    {
        _hasEnded |= hasEnded;
        var before = _state;
        while (before is State.Quiet or State.Waiting)
        {
            var found = Interlocked.CompareExchange(ref _state, State.Readable, before);
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

    public override void Run() => ExtensionThread.RunInline(static receive => receive.Execute(), this);

    /// <summary>No native code runs here, so there is none that could end the thread.</summary>
    public override void ThreadLost()
    {
    }

    public override bool TryRunElsewhere() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    public void Execute()
    {
        if (TryReceive())
        {
            _receiver.OnReceived();
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
        while (Interlocked.CompareExchange(ref _state, State.Quiet, State.Readable) is var before && before != State.Closed)
        {
            if (before == State.Readable || !_isDrained)
            {
                if (!Receive())
                {
                    break;
                }

                if (SocketError != SocketError.WouldBlock)
                {
                    return true;
                }
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

    // False when the socket has been closed.
    private bool Receive()
    {
        try
        {
            var room = _receiver.GetRoom();
            BytesTransferred = _socket.Receive(room.Span, SocketFlags.None, out var error);
            SocketError = error;

            // As epoll(7) has it: less than was asked for means that there is no more. An end that was told of with these bytes is not told again.
            _isDrained = error == SocketError.WouldBlock || (BytesTransferred < room.Length && !_hasEnded);
        }
        catch (ObjectDisposedException)
        {
            return false;
        }

        if (SocketError == SocketError.WouldBlock)
        {
            _receiver.ReturnRoom();
        }

        return true;
    }
}
