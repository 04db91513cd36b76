using System.IO.Pipelines;
using System.Net;
using IsapiHost.Interop;
using IsapiHost.Transport;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Filters.Raw;

/// <summary>A connection whose transport is seen by filters as plain bytes, with TLS and without.</summary>
/// <remarks>
/// On an endpoint with TLS the first bytes are a handshake; the socket's transport is then left alone, and the decrypted transport, which
/// TLS puts in its place, is the one that filters see.
/// </remarks>
internal sealed class RawConnectionContext : ConnectionContext, IRawFilterFeature
{
    private readonly ConnectionContext _connection;
    private readonly FilterHost _host;
    private readonly FilterChain _chain;
    private readonly IDuplexPipe _plain;
    private IDuplexPipe _transport;

    public RawConnectionContext(ConnectionContext connection, FilterHost host, FilterChain chain)
    {
        _connection = connection;
        _host = host;
        _chain = chain;
        _plain = _transport = new RawConnection(this, connection.Transport, host, chain.NonSecure);
        Features.Set<IRawFilterFeature>(this);
    }

    public override IDuplexPipe Transport
    {
        get => _transport;

        // Set by TLS: to the decrypted transport, and back when the connection is over.
        set => _transport = ReferenceEquals(value, _plain) ? value : new RawConnection(this, value, _host, _chain.Secure);
    }

    public override string ConnectionId
    {
        get => _connection.ConnectionId;
        set => _connection.ConnectionId = value;
    }

    public override IFeatureCollection Features => _connection.Features;

    public override IDictionary<object, object?> Items
    {
        get => _connection.Items;
        set => _connection.Items = value;
    }

    public override CancellationToken ConnectionClosed
    {
        get => _connection.ConnectionClosed;
        set => _connection.ConnectionClosed = value;
    }

    public override EndPoint? LocalEndPoint
    {
        get => _connection.LocalEndPoint;
        set => _connection.LocalEndPoint = value;
    }

    public override EndPoint? RemoteEndPoint
    {
        get => _connection.RemoteEndPoint;
        set => _connection.RemoteEndPoint = value;
    }

    public override void Abort() => _connection.Abort();

    public override void Abort(ConnectionAbortedException abortReason) => _connection.Abort(abortReason);

    public override async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await base.DisposeAsync();
    }
}
