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
    private ExtensionThreadPool _threads = null!;
    private bool _stay;
    private bool _admitted;
    private int _completed;
    private int _inUse;

    /// <summary>Runs notifications as soon as the result is awaited.</summary>
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
        _threads = threads;
        _stay = stay;
        _admitted = admitted;
        _completed = 0;
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

    // Begun only when the continuation is known: otherwise the notifications could be over before, and the continuation, with an extension
    // that must run on their thread, would run on the thread that awaits.
    void IValueTaskSource<FilterOutcome>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        _source.OnCompleted(continuation, state, token, flags);
        Start();
    }

    private void Start()
    {
        if (ExtensionThread.TryRunNext(this))
        {
            // It was on an extension thread and comes back there.
            _stay = true;
        }
        else if (!_threads.TryQueue(this, _admitted))
        {
            if (!_admitted)
            {
                _host.Log.QueueFull(_threads.ThreadLimit, _threads.QueueLimit);
            }

            Complete(FilterOutcome.Refused, stay: false);
        }
    }

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
