namespace IsapiHost.Forwarding;

/// <summary>Ends an exchange in which nothing moves for too long, or whose client leaves.</summary>
internal sealed class Silence : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationToken _client;
    private readonly TimeSpan _longest;
    private int _ended;

    /// <param name="longest">How long nothing may move; zero for ever.</param>
    /// <param name="client">Is cancelled when the client leaves.</param>
    public Silence(TimeSpan longest, CancellationToken client)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(client);
        _client = client;
        _longest = longest > TimeSpan.Zero ? longest : Timeout.InfiniteTimeSpan;
        Break();
    }

    /// <summary>Cancels everything that belongs to the exchange.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Whether it was the silence that ended the exchange.</summary>
    public bool WasTooLong => _source.IsCancellationRequested && !_client.IsCancellationRequested && Volatile.Read(ref _ended) == 0;

    /// <summary>Something moved.</summary>
    public void Break() => _source.CancelAfter(_longest);

    /// <summary>From now on it may be silent: both sides have agreed on another protocol, which has its own rules.</summary>
    public void Allow() => _source.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <summary>Ends what is still going on.</summary>
    public Task EndAsync()
    {
        Volatile.Write(ref _ended, 1);
        return _source.CancelAsync();
    }

    public void Dispose() => _source.Dispose();
}
