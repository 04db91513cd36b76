namespace IsapiHost.Threading;

/// <summary>
/// Waits on the calling thread for what Kestrel does asynchronously. Only for extension threads and threads of the extension itself:
/// a synchronous callback must not return earlier.
/// </summary>
internal sealed class SyncOverAsync
{
    [ThreadStatic]
    private static SyncOverAsync? s_ofThread;

    private readonly ManualResetEventSlim _completed = new(false);
    private readonly Action _signal;

    private SyncOverAsync()
    {
        _signal = _completed.Set;
    }

    public static void For(ValueTask task)
    {
        if (!task.IsCompleted)
        {
            var wait = s_ofThread ??= new SyncOverAsync();
            wait._completed.Reset();
            task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(wait._signal);
            wait._completed.Wait();
        }

        task.GetAwaiter().GetResult();
    }

    public static T For<T>(ValueTask<T> task)
    {
        if (!task.IsCompleted)
        {
            var wait = s_ofThread ??= new SyncOverAsync();
            wait._completed.Reset();
            task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(wait._signal);
            wait._completed.Wait();
        }

        return task.GetAwaiter().GetResult();
    }
}
