namespace IsapiHost.Transport;

/// <summary>The token that tells Kestrel and the application of the end of a connection, and the time when all of them have been told.</summary>
/// <param name="log">Told of callbacks that throw.</param>
/// <remarks>
/// Callbacks run on the thread pool, since Kestrel's take locks that the caller may hold. A failed read or flush is given to its reader or
/// writer after them: until then Kestrel would take the failure for one of the application.
/// </remarks>
internal sealed class ConnectionClosedSignal(TransportLog log) : IThreadPoolWorkItem
{
    // A callback that waits for the very read or flush that waits for the callback must not keep both for ever.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    // Never disposed: it may be cancelled when the connection is disposed already, and owns nothing but memory.
    private readonly CancellationTokenSource _source = new();
    private readonly TaskCompletionSource _told = new();
    private int _raised;

    public CancellationToken Token => _source.Token;

    public bool IsRaised => Volatile.Read(ref _raised) != 0;

    /// <summary>Raises the signal, once.</summary>
    /// <returns>Ends when everybody has been told.</returns>
    public Task RaiseAsync()
    {
        if (Interlocked.Exchange(ref _raised, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        return _told.Task;
    }

    /// <summary>Raises the signal, and then goes on with what must not be seen before.</summary>
    public void RaiseBefore(Action next)
    {
        var told = RaiseAsync();
        if (told.IsCompleted)
        {
            next();
        }
        else
        {
            told.WaitAsync(_patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().UnsafeOnCompleted(next);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        try
        {
            _source.Cancel();
        }
        catch (Exception e)
        {
            log.ClosedCallbackFailed(e);
        }

        _told.SetResult();
    }
}
