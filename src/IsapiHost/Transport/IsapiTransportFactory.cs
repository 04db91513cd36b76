using System.Net;
using System.Net.Sockets;
using IsapiHost.Transport.Polling;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace IsapiHost.Transport;

/// <summary>A socket transport for Kestrel whose connections are <see cref="SocketConnection"/>s; it listens as Kestrel's own one does.</summary>
/// <remarks>
/// A transport rather than connection middleware, since an application's endpoint configuration cannot displace it by accident,
/// and since it stands outside TLS: there it carries the encrypted bytes, and only clear connections get the direct path.
/// </remarks>
internal sealed class IsapiTransportFactory(IOptions<SocketTransportOptions> options)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    public bool CanBind(EndPoint endpoint) => endpoint is IPEndPoint;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        try
        {
            var socket = options.Value.CreateBoundListenSocket(endpoint);
            socket.Listen(options.Value.Backlog);
            return new ValueTask<IConnectionListener>(new Listener(socket, options.Value.NoDelay));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new AddressInUseException(e.Message, e);
        }
    }

    private sealed class Listener(Socket socket, bool noDelay) : IConnectionListener
    {
        private readonly DisconnectDetector _watch = new();
        private readonly SocketPoll? _poll = OperatingSystem.IsLinux() ? new SocketPoll() : null;

        public EndPoint EndPoint { get; } = socket.LocalEndPoint!;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            while (true)
            {
                try
                {
                    var accepted = await socket.AcceptAsync(cancellationToken);
                    accepted.NoDelay = noDelay;
                    accepted.Blocking = false;
                    return new SocketConnection(accepted, _watch, _poll);
                }
                catch (Exception e) when (e is ObjectDisposedException || (e is SocketException { SocketErrorCode: SocketError.OperationAborted }))
                {
                    return null;
                }
                catch (SocketException)
                {
                    // This client has gone before it was accepted; the next one may have come.
                }
            }
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            socket.Dispose();
            return default;
        }

        public ValueTask DisposeAsync()
        {
            socket.Dispose();
            _watch.Dispose();
            if (OperatingSystem.IsLinux())
            {
                _poll?.Dispose();
            }

            return default;
        }
    }
}
