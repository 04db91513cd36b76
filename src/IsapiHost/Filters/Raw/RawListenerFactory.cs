using System.Net;
using IsapiHost.Transport;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IsapiHost.Filters.Raw;

/// <summary>
/// The sockets of the server, with raw-data filters between them and it where a loaded filter asked for that.
/// </summary>
/// <remarks>
/// Here and not in connection middleware, since that cannot be added behind TLS for endpoints that somebody else configures; see
/// <see cref="RawConnectionContext"/>.
/// </remarks>
internal sealed class RawListenerFactory(FilterHost host, IOptions<SocketTransportOptions> options, ILoggerFactory loggers)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly FilterHost _host = host;
    private readonly SocketTransportFactory _sockets = new(options, loggers);
    private readonly IsapiTransportFactory _direct = new(options);

    public bool CanBind(EndPoint endpoint) => _sockets.CanBind(endpoint);

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        if (_host.HasFilters && _host.Chain is null)
        {
            // Filters guard sites: a site must not start without those it was given.
            throw new InvalidOperationException("ISAPI filters are configured but not in the pipeline: call app.UseIsapiFilters() before everything else.");
        }

        var listener = _direct.CanBind(endpoint)
            ? await _direct.BindAsync(endpoint, cancellationToken)
            : await _sockets.BindAsync(endpoint, cancellationToken);
        return _host.Chain is { WantsRawData: true } chain ? new RawListener(listener, _host, chain) : listener;
    }
}
