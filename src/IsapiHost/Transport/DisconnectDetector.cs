using System.Collections.Concurrent;

namespace IsapiHost.Transport;

/// <summary>Looks once a second for clients that have gone while nobody was reading from them.</summary>
internal sealed class DisconnectDetector : IDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);

    private static int s_count;

    private readonly ConcurrentDictionary<SocketConnection, bool> _connections = new();
    private readonly Timer _timer;

    public DisconnectDetector()
    {
        _timer = new Timer(static watch => ((DisconnectDetector)watch!).Look(), this, s_period, s_period);
    }

    /// <summary>How many connections the process has.</summary>
    public static int Count => Volatile.Read(ref s_count);

    public void Add(SocketConnection connection)
    {
        _connections.TryAdd(connection, true);
        Interlocked.Increment(ref s_count);
    }

    public void Remove(SocketConnection connection)
    {
        if (_connections.TryRemove(connection, out _))
        {
            Interlocked.Decrement(ref s_count);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        foreach (var (connection, _) in _connections)
        {
            connection.IsGone();
        }
    }
}
