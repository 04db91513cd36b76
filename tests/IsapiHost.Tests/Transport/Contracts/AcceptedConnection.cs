using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using IsapiHost.Transport;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace IsapiHost.Tests.Transport.Contracts;

/// <summary>A connection over the loopback interface: the client's socket, and what a transport makes of the other end.</summary>
internal sealed class AcceptedConnection : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IConnectionListener _listener;
    private bool _disposed;

    private AcceptedConnection(IConnectionListener listener, Socket client, ConnectionContext connection)
    {
        _listener = listener;
        Client = client;
        Connection = connection;
        Input = connection.Transport.Input;
        Output = connection.Transport.Output;
    }

    public Socket Client { get; }

    public ConnectionContext Connection { get; }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    public static async Task<AcceptedConnection> Open(TransportKind kind, SocketTransportOptions? options = null, ILoggerFactory? loggers = null)
    {
        var settings = Options.Create(options ?? new SocketTransportOptions());
        loggers ??= NullLoggerFactory.Instance;
        IConnectionListenerFactory factory = kind == TransportKind.Kestrel
            ? new SocketTransportFactory(settings, loggers)
            : new IsapiTransportFactory(settings, loggers);
        var listener = await factory.BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await client.ConnectAsync(listener.EndPoint);
        return new AcceptedConnection(listener, client, (await listener.AcceptAsync())!);
    }

    /// <summary>Sends all of it from the client.</summary>
    public async Task Send(ReadOnlyMemory<byte> data)
    {
        while (!data.IsEmpty)
        {
            data = data[await Client.SendAsync(data).AsTask().WaitAsync(Patience)..];
        }
    }

    /// <summary>What the client receives: so many bytes, or fewer if the connection ends before.</summary>
    public async Task<byte[]> Receive(int count)
    {
        var data = new byte[count];
        var have = 0;
        while (have < count && await Client.ReceiveAsync(data.AsMemory(have)).AsTask().WaitAsync(Patience) is > 0 and var got)
        {
            have += got;
        }

        return data[..have];
    }

    /// <summary>The client breaks the connection.</summary>
    public void Reset()
    {
        Client.LingerState = new LingerOption(enable: true, seconds: 0);
        Client.Close();
    }

    public async Task EndConnection()
    {
        if (!_disposed)
        {
            _disposed = true;
            await Connection.DisposeAsync().AsTask().WaitAsync(Patience);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // First, so that nothing waits to be sent.
        Client.Dispose();
        Connection.Abort();
        await EndConnection();
        await _listener.UnbindAsync();
        await _listener.DisposeAsync();
    }
}
