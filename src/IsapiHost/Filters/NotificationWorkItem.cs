using System.Threading.Tasks.Sources;
using IsapiHost.Threading;

namespace IsapiHost.Filters;

/// <summary>
/// Notifications that managed code waits for while they run on an extension thread. Used again and again; a call that comes while another
/// one runs, since somebody did not wait for a write of his own, gets an item of its own.
/// </summary>
internal sealed class NotificationWorkItem(FilterHost host) : ExtensionWork, IValueTaskSource<FilterOutcome>
{
    private readonly FilterHost _host = host;
    private ManualResetValueTaskSourceCore<FilterOutcome> _source;
    private Func<object, FilterOutcome> _notify = null!;
    private object _state = null!;
    private bool _stay;
    private int _completed;
    private int _inUse;

    /// <summary>Runs notifications.</summary>
    /// <param name="threads">Where.</param>
    /// <param name="notify">What; must not throw.</param>
    /// <param name="state">Its argument.</param>
    /// <param name="stay">
    /// Whether what awaits the call goes on on the extension thread. An extension that takes the request next then runs there too.
    /// </param>
    /// <param name="admitted">True within a request that has got a thread before: it is never refused.</param>
    public ValueTask<FilterOutcome> RunAsync(
        ExtensionThreadPool threads, Func<object, FilterOutcome> notify, object state, bool stay, bool admitted)
    {
        if (Interlocked.Exchange(ref _inUse, 1) != 0)
        {
            return new NotificationWorkItem(_host).RunAsync(threads, notify, state, stay, admitted);
        }

        _source.Reset();
        _notify = notify;
        _state = state;
        _stay = stay;
        _completed = 0;
        if (ExtensionThread.TryRunNext(this))
        {
            // It was on an extension thread and comes back there.
            _stay = true;
        }
        else if (!threads.TryQueue(this, admitted))
        {
            if (!admitted)
            {
                _host.Log.QueueFull(threads.ThreadLimit, threads.QueueLimit);
            }

            Volatile.Write(ref _inUse, 0);
            return ValueTask.FromResult(FilterOutcome.Refused);
        }

        return new ValueTask<FilterOutcome>(this, _source.Version);
    }

    public override void Run() => Complete(_notify(_state), _stay);

    // The session hears of it too, and ends the connection.
    public override void ThreadLost() => Complete(FilterOutcome.Error, stay: false);

    FilterOutcome IValueTaskSource<FilterOutcome>.GetResult(short token)
    {
        var outcome = _source.GetResult(token);
        Volatile.Write(ref _inUse, 0);
        return outcome;
    }

    ValueTaskSourceStatus IValueTaskSource<FilterOutcome>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<FilterOutcome>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private void Complete(FilterOutcome outcome, bool stay)
    {
        if (Interlocked.Exchange(ref _completed, 1) == 0)
        {
            _source.RunContinuationsAsynchronously = !stay;
            var before = ExtensionThread.SetLeaving(stay);
            _source.SetResult(outcome);
            ExtensionThread.SetLeaving(before);
        }
    }
}
