namespace IsapiHost.Threading;

/// <summary>One thread of an <see cref="ExtensionThreadPool"/>.</summary>
internal sealed class ExtensionThread
{
    // Legacy code keeps large buffers on the stack. Address space only: pages that nobody touches cost nothing.
    private const int StackSize = 2 * 1024 * 1024;

    [ThreadStatic]
    private static ExtensionThread? s_current;

    // True while what runs here is managed code that native code has handed over to and that will soon return to the loop below.
    [ThreadStatic]
    private static bool s_isLeaving;

    private readonly ExtensionThreadPool _pool;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _wake = new(false);
    private ExtensionWork? _next;
    private ExtensionWork? _nextAtLastLook;

    public ExtensionThread(ExtensionThreadPool pool)
    {
        _pool = pool;
        _thread = new Thread(Run, StackSize) { IsBackground = true, Name = "ISAPI extension" };
    }

    /// <summary>True on every thread of an extension thread pool.</summary>
    public static bool IsCurrent => s_current is not null;

    /// <summary>
    /// Says whether the thread is on its way out of its work item: native code has returned, and continuations run that soon come back to the
    /// thread's loop. Whoever enters native code again says no meanwhile. No effect on other threads.
    /// </summary>
    /// <returns>What was said before.</returns>
    public static bool SetLeaving(bool value)
    {
        var before = s_isLeaving;
        s_isLeaving = value;
        return before;
    }

    /// <summary>
    /// Takes an item that is to run on this very thread as soon as the present one is left: no hand-over to another thread, and
    /// thread-local data of native code is found again. False where that is not certain to be soon; then the item is queued as usual.
    /// </summary>
    public static bool TryRunNext(ExtensionWork work) =>
        s_current is { } thread && s_isLeaving && Interlocked.CompareExchange(ref thread._next, work, null) is null;

    /// <summary>
    /// Says who is to be told if the thread ends in the native call that follows, besides its item: the call may be somebody else's, made on the way.
    /// No effect on other threads.
    /// </summary>
    /// <returns>Who was to be told before.</returns>
    public static Action? SetLost(Action? lost)
    {
        if (s_current is not { } thread)
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

    /// <summary>
    /// Gives up the item of <see cref="TryRunNext"/> if it stood there at the last look already: something that was expected to
    /// return at once blocks the thread.
    /// </summary>
    internal ExtensionWork? TakeStuckNext()
    {
        var next = Volatile.Read(ref _next);
        var isStuck = next is not null && next == _nextAtLastLook && Interlocked.CompareExchange(ref _next, null, next) == next;
        _nextAtLastLook = isStuck ? null : next;
        return isStuck ? next : null;
    }

    internal void Start() => _thread.UnsafeStart();

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
        s_current = this;
        var woken = false;
        while (_pool.Next(this, woken) is { } work)
        {
            // A thread that just ran something takes what is there without having been woken for it.
            woken = false;
            while (work is not null)
            {
                Current = work;
                s_isLeaving = false;
                work.Run();
                while (Interlocked.Exchange(ref _next, null) is { } next)
                {
                    Current = next;
                    s_isLeaving = false;
                    next.Run();
                }

                Current = null;
                work = _pool.TryNext();
            }
        }
    }
}
