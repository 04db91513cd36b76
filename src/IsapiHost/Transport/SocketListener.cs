using System.Net;
using System.Net.Sockets;
using IsapiHost.Transport.Polling;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace IsapiHost.Transport;

/// <summary>Accepts the connections of one endpoint.</summary>
internal sealed class SocketListener : IConnectionListener
{
    // While the system has no descriptor or no memory for another connection, the next try would fail as the last one did.
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    private readonly Socket _socket;
    private readonly SocketTransportOptions _options;
    private readonly TransportLog _log;
    private readonly ConnectionHeartbeat _heartbeat = new();
    private readonly SocketPoll? _poll = OperatingSystem.IsLinux() ? new SocketPoll() : null;
    private bool _fails;

    /// <param name="socket">Listens already; the listener owns it.</param>
    /// <param name="options">Of Kestrel's own transport.</param>
    /// <param name="log">Told of connections that cannot be accepted.</param>
    public SocketListener(Socket socket, SocketTransportOptions options, TransportLog log)
    {
        _socket = socket;
        _options = options;
        _log = log;
        EndPoint = socket.LocalEndPoint!;
    }

    public EndPoint EndPoint { get; }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                var connection = Open(await _socket.AcceptAsync(cancellationToken));
                if (_fails)
                {
                    _fails = false;
                    _log.AcceptsAgain($"{EndPoint}");
                }

                return connection;
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return null;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
            {
                // This client has gone before it was accepted; the next one may have come.
            }
            catch (SocketException e)
            {
                if (!_fails)
                {
                    _fails = true;
                    _log.AcceptFailed($"{EndPoint}", e.Message);
                }

                await Task.Delay(_pause, cancellationToken);
            }
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _socket.Dispose();
        return default;
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _heartbeat.Dispose();
        if (OperatingSystem.IsLinux())
        {
            _poll?.Dispose();
        }

        return default;
    }

    private SocketConnection Open(Socket accepted)
    {
        try
        {
            accepted.NoDelay = _options.NoDelay;
            accepted.Blocking = false;
            return new SocketConnection(accepted, _options.MaxWriteBufferSize, _heartbeat, _poll, _log);
        }
        catch
        {
            accepted.Dispose();
            throw;
        }
    }
}
