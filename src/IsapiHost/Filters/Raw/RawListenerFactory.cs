using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace IsapiHost.Filters.Raw;

/// <summary>Puts raw-data filters between the server and the transport that it would use otherwise, where a loaded filter asked for that.</summary>
/// <remarks>
/// Here and not in connection middleware, since that cannot be added behind TLS for endpoints that somebody else configures; see
/// <see cref="RawConnectionContext"/>.
/// </remarks>
internal sealed class RawListenerFactory(FilterHost host, IServiceProvider services) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    public bool CanBind(EndPoint endpoint) => host.Chain is { WantsRawData: true } && TransportFor(endpoint) is not null;

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var transport = TransportFor(endpoint) ?? throw new InvalidOperationException($"No transport listens at {endpoint}.");
        return new RawListener(await transport.BindAsync(endpoint, cancellationToken), host, host.Chain!);
    }

    // As the server chooses: the last one that was added and can listen there.
    private IConnectionListenerFactory? TransportFor(EndPoint endpoint) =>
        services.GetServices<IConnectionListenerFactory>().LastOrDefault(factory =>
            factory != this && (factory is not IConnectionListenerFactorySelector selector || selector.CanBind(endpoint)));
}
