using System.Collections.Concurrent;

namespace IsapiHost.Transport;

/// <summary>
/// Looks once a second for clients that have gone while nobody was reading from them, and for those that take what is sent to them too slowly.
/// </summary>
internal sealed class ConnectionHeartbeat : IDisposable
{
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(1);

    private static int _count;

    private readonly ConcurrentDictionary<SocketConnection, bool> _connections = new();
    private readonly Timer _timer;

    public ConnectionHeartbeat()
    {
        _timer = new Timer(static heartbeat => ((ConnectionHeartbeat)heartbeat!).Beat(), this, _period, _period);
    }

    /// <summary>How many connections the process has.</summary>
    public static int Count => Volatile.Read(ref _count);

    public void Add(SocketConnection connection)
    {
        _connections.TryAdd(connection, true);
        Interlocked.Increment(ref _count);
    }

    public void Remove(SocketConnection connection)
    {
        if (_connections.TryRemove(connection, out _))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Beat()
    {
        var now = Environment.TickCount64;
        foreach (var (connection, _) in _connections)
        {
            connection.LookAfter(now);
        }

        BlockPool.Instance.Trim();
    }
}
