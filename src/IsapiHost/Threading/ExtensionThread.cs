namespace IsapiHost.Threading;

/// <summary>One thread of an <see cref="ExtensionThreadPool"/>.</summary>
internal sealed class ExtensionThread
{
    // Legacy code keeps large buffers on the stack. Address space only: pages that nobody touches cost nothing.
    private const int StackSize = 2 * 1024 * 1024;

    // Milliseconds. On a busy machine a thread that is not blocked can be without a processor for a few tens of them.
    private const int StuckAfter = 250;

    [ThreadStatic]
    private static ExtensionThread? _current;

    // True while what runs here is managed code that native code has handed over to and that will soon return to the loop below.
    [ThreadStatic]
    private static bool _isLeaving;

    private readonly ExtensionThreadPool _pool;
    private readonly NativeThread _thread;
    private readonly ManualResetEventSlim _wake = new(false);
    private ExtensionWork? _next;
    private ExtensionWork? _nextAtLook;
    private long _firstLook;

    public ExtensionThread(ExtensionThreadPool pool)
    {
        _pool = pool;
        _thread = new NativeThread("extension", Run, StackSize);
    }

    /// <summary>True on every thread of an extension thread pool.</summary>
    public static bool IsCurrent => _current is not null;

    /// <summary>
    /// Takes an item that is to run on this very thread as soon as the present one is left: no hand-over to another thread, and
    /// thread-local data of native code is found again. False where that is not certain to be soon; then the item is queued as usual.
    /// </summary>
    public static bool TryRunNext(ExtensionWork work) =>
        _current is { } thread && _isLeaving && Interlocked.CompareExchange(ref thread._next, work, null) is null;

    /// <summary>Runs managed code that soon comes back to the thread's loop: what it starts by <see cref="TryRunNext"/> runs on this thread.</summary>
    public static void RunInline<T>(Action<T> action, T state)
    {
        var before = SetLeaving(true);
        action(state);
        SetLeaving(before);
    }

    /// <summary>
    /// Says whether the thread is on its way out of its work item: native code has returned, and continuations run that soon come back to the
    /// thread's loop. No effect on other threads.
    /// </summary>
    /// <returns>What was said before.</returns>
    internal static bool SetLeaving(bool value)
    {
        var before = _isLeaving;
        _isLeaving = value;
        return before;
    }

    /// <summary>Says who is to be told, besides the work item, if the thread ends in the native call that follows. No effect on other threads.</summary>
    /// <returns>Who was to be told before.</returns>
    internal static Action? SetLost(Action? lost)
    {
        if (_current is not { } thread)
        {
            return null;
        }

        var before = thread.Lost;
        thread.Lost = lost;
        return before;
    }

    /// <summary>The next idle thread; the last one to become idle is the first to be woken, since its caches are warm.</summary>
    internal ExtensionThread? NextIdle { get; set; }

    /// <summary>Set while the thread stands in the pool's idle list.</summary>
    internal bool IsIdle { get; set; }

    /// <summary>The item that runs now.</summary>
    internal ExtensionWork? Current { get; private set; }

    internal Action? Lost { get; private set; }

    internal bool IsAlive => _thread.IsAlive;

    /// <summary>Waits until the thread is over; false if it is not in time.</summary>
    internal bool Join(TimeSpan limit) => _thread.Join(limit);

    /// <summary>
    /// Gives up the item of <see cref="TryRunNext"/> if it has stood there since a look some time ago: something that was expected to
    /// return at once blocks the thread.
    /// </summary>
    internal ExtensionWork? TakeStuckNext()
    {
        var next = Volatile.Read(ref _next);
        if (next is null || next != _nextAtLook)
        {
            _nextAtLook = next;
            _firstLook = Environment.TickCount64;
            return null;
        }

        if (Environment.TickCount64 - _firstLook < StuckAfter || Interlocked.CompareExchange(ref _next, null, next) != next)
        {
            return null;
        }

        _nextAtLook = null;
        return next;
    }

    internal void Start() => _thread.Start();

    internal void Wake() => _wake.Set();

    /// <summary>Waits to be woken; false when nobody did in time.</summary>
    internal bool Park(TimeSpan timeout)
    {
        if (!_wake.Wait(timeout))
        {
            return false;
        }

        _wake.Reset();
        return true;
    }

    private void Run()
    {
        _current = this;
        var woken = false;
        while (_pool.Next(this, woken) is { } work)
        {
            // A thread that just ran something takes what is there without having been woken for it.
            woken = false;
            while (work is not null)
            {
                Current = work;
                _isLeaving = false;
                work.Run();
                while (Interlocked.Exchange(ref _next, null) is { } next)
                {
                    Current = next;
                    _isLeaving = false;
                    next.Run();
                }

                Current = null;
                work = _pool.TryNext();
            }
        }
    }
}
