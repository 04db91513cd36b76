namespace IsapiHost.Threading;

/// <summary>One thread of an <see cref="ExtensionThreadPool"/>.</summary>
internal sealed class ExtensionThread
{
    // Legacy code keeps large buffers on the stack. Address space only: pages that nobody touches cost nothing.
    private const int StackSize = 2 * 1024 * 1024;

    [ThreadStatic]
    private static bool s_isCurrent;

    private readonly ExtensionThreadPool _pool;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _wake = new(false);

    public ExtensionThread(ExtensionThreadPool pool)
    {
        _pool = pool;
        _thread = new Thread(Run, StackSize) { IsBackground = true, Name = "ISAPI extension" };
    }

    /// <summary>True on every thread of an extension thread pool.</summary>
    public static bool IsCurrent => s_isCurrent;

    /// <summary>The next idle thread; the last one to become idle is the first to be woken, since its caches are warm.</summary>
    internal ExtensionThread? NextIdle { get; set; }

    /// <summary>Set while the thread stands in the pool's idle list.</summary>
    internal bool IsIdle { get; set; }

    /// <summary>The item that runs now.</summary>
    internal ExtensionWork? Current { get; private set; }

    internal bool IsAlive => _thread.IsAlive;

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
        s_isCurrent = true;
        var woken = false;
        while (_pool.Next(this, woken) is { } work)
        {
            // A thread that just ran something takes what is there without having been woken for it.
            woken = false;
            while (work is not null)
            {
                Current = work;
                work.Run();
                Current = null;
                work = _pool.TryNext();
            }
        }
    }
}
