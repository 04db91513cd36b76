using System.Net;
using Microsoft.AspNetCore.Connections;

namespace IsapiHost.Filters.Raw;

/// <summary>A listener whose connections filters look into.</summary>
internal sealed class RawListener(IConnectionListener sockets, FilterHost host, FilterChain chain) : IConnectionListener
{
    public EndPoint EndPoint => sockets.EndPoint;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
        await sockets.AcceptAsync(cancellationToken) is { } connection ? new RawConnectionContext(connection, host, chain) : null;

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => sockets.UnbindAsync(cancellationToken);

    public ValueTask DisposeAsync() => sockets.DisposeAsync();
}
