using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using IsapiHost.Transport.Polling;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace IsapiHost.Transport;

/// <summary>A client's connection: Kestrel's view of a socket that is read and written on the threads that ask for it.</summary>
internal sealed class SocketConnection : DefaultConnectionContext, IConnectionSocketFeature, IMemoryPoolFeature, IDuplexPipe
{
    // Kestrel's own rule, for what is left to be sent when the connection is over and nobody looks after the client any more.
    private static readonly MinDataRate _farewell = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));

    private readonly ConnectionHeartbeat _heartbeat;
    private readonly TransportLog _log;
    private readonly ConnectionClosedSignal _closed;
    private readonly SocketPipeReader _input;
    private readonly SocketPipeWriter _output;
    private IDuplexPipe _transport;
    private int _isClosed;

    /// <param name="socket">The client's socket, not blocking; the connection owns it.</param>
    /// <param name="maxUnsent">How many bytes may wait to be sent before a flush waits as well.</param>
    /// <param name="heartbeat">Looks after the connection while nobody reads from it, and while it sends.</param>
    /// <param name="poll">What says when the socket has something to receive; null to receive as .NET's sockets do.</param>
    /// <param name="log">What goes wrong.</param>
    /// <exception cref="SocketException">The system cannot poll it.</exception>
    public SocketConnection(Socket socket, long? maxUnsent, ConnectionHeartbeat heartbeat, SocketPoll? poll, TransportLog log)
        : base(Guid.NewGuid().ToString("N"))
    {
        Socket = socket;
        _heartbeat = heartbeat;
        _log = log;
        _closed = new ConnectionClosedSignal(log);
        _input = new SocketPipeReader(
            receiver => OperatingSystem.IsLinux() && poll is not null ? poll.Watch(socket, receiver) : new SocketReceive(socket, receiver),
            _closed);
        _output = new SocketPipeWriter(socket, maxUnsent, _closed, FailedInHost);
        ConnectionClosed = _closed.Token;
        _transport = this;
        Application = this;
        LocalEndPoint = socket.LocalEndPoint;
        RemoteEndPoint = socket.RemoteEndPoint;
        Features.Set<IConnectionSocketFeature>(this);
        Features.Set<IMemoryPoolFeature>(this);
        Features.Set(_input);
        Features.Set(_output);
        Features.Set(this);
        heartbeat.Add(this);
    }

    public Socket Socket { get; }

    /// <summary>Connection middleware sets what it puts in front of this; TLS does so when client and server have agreed on the protocol.</summary>
    public override IDuplexPipe Transport
    {
        get => _transport;
        set
        {
            _transport = value;

            // At its end TLS sets what was there before, and cannot be asked any more.
            if (value != this && _output.Layer == OutputLayer.None && Features.Get<ITlsHandshakeFeature>() is not null)
            {
                var protocol = Features.Get<ITlsApplicationProtocolFeature>()?.ApplicationProtocol ?? default;
                _output.Layer = protocol.Span.SequenceEqual("h2"u8) ? OutputLayer.MultiplexedTls : OutputLayer.Tls;
            }
        }
    }

    public MemoryPool<byte> MemoryPool => BlockPool.Instance;

    PipeReader IDuplexPipe.Input => _input;

    PipeWriter IDuplexPipe.Output => _output;

    /// <summary>Gives the client up when it takes what is sent too slowly, and looks whether it is still there.</summary>
    /// <param name="now"><see cref="Environment.TickCount64"/>.</param>
    public void LookAfter(long now)
    {
        if (Volatile.Read(ref _isClosed) == 0 && _output.Progress.IsTooSlow(_output.IsSending, now))
        {
            _log.ClientTooSlow(ConnectionId, _output.Progress.Minimum?.BytesPerSecond ?? 0);
            Abort(new ConnectionAbortedException("The client took the response too slowly."));
        }

        _output.SendForgotten();
        IsGone();
    }

    /// <summary>
    /// Looks whether the client has gone, when nobody reads and so would notice. Tells Kestrel, which aborts the running request.
    /// </summary>
    public bool IsGone()
    {
        if (_closed.IsRaised)
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

        _closed.RaiseAsync();
        return true;
    }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        _input.Abort(abortReason);
        Close();
        _closed.RaiseAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        _input.Complete();
        _output.Complete();
        if (!_output.Ended.IsCompleted)
        {
            _output.Progress.Minimum ??= _farewell;
            await _output.Ended;
        }

        _heartbeat.Remove(this);
        Close();
        await _closed.RaiseAsync();
        await base.DisposeAsync();
    }

    private void FailedInHost(Exception exception)
    {
        _log.SendFailed(exception, ConnectionId);
        Abort(new ConnectionAbortedException("Sending failed in the host.", exception));
    }

    private void Close()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
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

            if (OperatingSystem.IsWindows())
            {
                SocketOperations.Cancel(Socket);
            }

            // On Windows a send that is under way ends with its socket only.
            Socket.Dispose();
        }
    }
}
