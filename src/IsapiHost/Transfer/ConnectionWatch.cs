using System.Collections.Concurrent;

namespace IsapiHost.Transfer;

/// <summary>Looks once a second for clients that have gone while nobody was reading from them.</summary>
internal sealed class ConnectionWatch : IDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<DirectConnection, bool> _connections = new();
    private readonly Timer _timer;

    public ConnectionWatch()
    {
        _timer = new Timer(static watch => ((ConnectionWatch)watch!).Look(), this, s_period, s_period);
    }

    public void Add(DirectConnection connection) => _connections.TryAdd(connection, true);

    public void Remove(DirectConnection connection) => _connections.TryRemove(connection, out _);

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        foreach (var (connection, _) in _connections)
        {
            connection.IsGone();
        }
    }
}
