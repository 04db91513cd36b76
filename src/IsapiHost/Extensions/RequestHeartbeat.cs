namespace IsapiHost.Extensions;

/// <summary>
/// One timer for all running requests of a host: requests that come and go between two ticks pay nothing for it, and it stands still
/// while there are none.
/// </summary>
internal sealed class RequestHeartbeat : IDisposable
{
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(50);

    private readonly ExtensionHost _host;
    private readonly Timer _timer;
    private int _running;

    public RequestHeartbeat(ExtensionHost host)
    {
        _host = host;
        _timer = new Timer(static heartbeat => ((RequestHeartbeat)heartbeat!).Tick(), this, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>A request has begun.</summary>
    public void Begin()
    {
        if (Volatile.Read(ref _running) == 0 && Interlocked.Exchange(ref _running, 1) == 0)
        {
            _timer.Change(_tick, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        ExtensionRequestTable.OnHeartbeat(_host, Environment.TickCount64);

        // Stopped before the count is read: a request that begins in between starts the clock again.
        Volatile.Write(ref _running, 0);
        if (_host.InFlight.Count > 0)
        {
            Begin();
        }
    }
}
