using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IsapiHost.Transport;

/// <summary>A socket transport for Kestrel whose connections are <see cref="SocketConnection"/>s; it listens as Kestrel's own one does.</summary>
/// <remarks>
/// A transport rather than connection middleware, since an application's endpoint configuration cannot displace it by accident,
/// and since it stands outside TLS: there it carries the encrypted bytes, and only clear connections get the direct path.
/// </remarks>
internal sealed class IsapiTransportFactory(IOptions<SocketTransportOptions> options, ILoggerFactory loggers)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly SocketTransportOptions _options = options.Value;
    private readonly TransportLog _log = new(loggers);

    public bool CanBind(EndPoint endpoint) => endpoint is IPEndPoint;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        try
        {
            var socket = _options.CreateBoundListenSocket(endpoint);
            socket.Listen(_options.Backlog);
            return new ValueTask<IConnectionListener>(new SocketListener(socket, _options, _log));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new AddressInUseException(e.Message, e);
        }
    }
}
