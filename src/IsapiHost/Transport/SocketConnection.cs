using System.IO.Pipelines;
using System.Net.Sockets;
using IsapiHost.Transport.Polling;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace IsapiHost.Transport;

/// <summary>A client's connection: Kestrel's view of a socket that is read and written without pipes in between.</summary>
internal sealed class SocketConnection : DefaultConnectionContext, IConnectionSocketFeature, IDuplexPipe
{
    private readonly DisconnectDetector _watch;
    private readonly SocketPipeReader _input;
    private readonly SocketPipeWriter _output;
    // Never disposed: it may be cancelled when the connection is disposed already, and owns nothing but memory.
    private readonly CancellationTokenSource _closedSource = new();
    private int _ended;
    private int _closed;

    /// <param name="socket">The client's socket; the connection owns it.</param>
    /// <param name="watch">Looks after the connection while nobody reads from it.</param>
    /// <param name="poll">What says when the socket has something to receive; null to receive as .NET's sockets do.</param>
    public SocketConnection(Socket socket, DisconnectDetector watch, SocketPoll? poll)
        : base(Guid.NewGuid().ToString("N"))
    {
        Socket = socket;
        _watch = watch;
        _input = new SocketPipeReader(received => OperatingSystem.IsLinux() && poll is not null ? poll.Watch(socket, received) : new SocketReceive(socket, received), OnInputEnded);
        _output = new SocketPipeWriter(socket, _closedSource.Token);
        ConnectionClosed = _closedSource.Token;
        Transport = this;
        Application = this;
        LocalEndPoint = socket.LocalEndPoint;
        RemoteEndPoint = socket.RemoteEndPoint;
        Features.Set<IConnectionSocketFeature>(this);
        Features.Set(_input);
        Features.Set(_output);
        Features.Set(this);
        watch.Add(this);
    }

    public Socket Socket { get; }

    PipeReader IDuplexPipe.Input => _input;

    PipeWriter IDuplexPipe.Output => _output;

    /// <summary>
    /// Looks whether the client has gone, when nobody reads and so would notice. Tells Kestrel, which aborts the running request.
    /// </summary>
    public bool IsGone()
    {
        if (Volatile.Read(ref _ended) != 0)
        {
            return true;
        }

        if (!_input.IsUnwatched)
        {
            return false;
        }

        try
        {
            Span<byte> one = stackalloc byte[1];
            var count = Socket.Receive(one, SocketFlags.Peek, out var error);
            if (error == SocketError.WouldBlock || (error == SocketError.Success && count > 0))
            {
                return false;
            }
        }
        catch (ObjectDisposedException)
        {
            return true;
        }

        OnInputEnded();
        return true;
    }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        _input.Abort(abortReason);
        Close();
        OnInputEnded();
    }

    public override async ValueTask DisposeAsync()
    {
        _watch.Remove(this);
        _input.Complete();
        _output.Complete();
        Close();
        await base.DisposeAsync();
    }

    private void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            try
            {
                Socket.Shutdown(SocketShutdown.Both);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // It is closed already.
            }

            _input.Close();

            // On Windows a send that is under way ends with its socket only.
            Socket.Dispose();
        }
    }

    // Cancels ConnectionClosed on the thread pool: Kestrel's callbacks take locks that this caller may hold.
    private void OnInputEnded()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static source => source.Cancel(), _closedSource, preferLocal: false);
        }
    }
}
