namespace IsapiHost.Threading;

/// <summary>
/// The threads that run native code. They are not the .NET thread pool's: an extension may block for minutes, or end its thread,
/// and Kestrel must not wait for either.
/// </summary>
/// <remarks>
/// At first one thread per processor is active. A watch doubles that number while work waits although the active threads are busy with long
/// items, up to the limit, and takes it back when the items turn out to be short; threads that were idle for a while end. Thread-safe.
/// </remarks>
internal sealed partial class ExtensionThreadPool : IDisposable
{
    private const int PauseAfterRefusal = 1_000;

    private static readonly TimeSpan s_idleTimeout = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly int _minimum;
    private readonly int _queueLimit;
    private readonly HashSet<ExtensionThread> _threads = [];
    private readonly List<ExtensionThread> _ending = [];
    private readonly AutoResetEvent _watchWake = new(false);
    private readonly Thread _watch;
    private ExtensionWorkQueue _queue;
    private ExtensionThread? _idle;
    private int _idleCount;
    private int _allowed;
    private int _waking;
    private int _running;
    private long _taken;
    private long _noThreadUntil;
    private bool _refusalReported;
    private bool _watching;
    private bool _disposed;

    /// <param name="threadLimit">The greatest number of threads.</param>
    /// <param name="queueLimit">How many items may wait when all threads are busy.</param>
    public ExtensionThreadPool(int threadLimit, int queueLimit)
    {
        ThreadLimit = threadLimit;
        _queueLimit = queueLimit;
        _minimum = Math.Min(threadLimit, Environment.ProcessorCount);
        _allowed = _minimum;
        _watch = new Thread(Watch) { IsBackground = true, Name = "isapihost watch" };
        _watch.UnsafeStart();
    }

    public int ThreadLimit { get; }

    /// <summary>Told once, with the number of threads there are, when the system refuses another one.</summary>
    public Action<int>? ThreadRefused { get; init; }

    public int QueueLimit => _queueLimit;

    public int QueueLength
    {
        get
        {
            lock (_gate)
            {
                return _queue.Count;
            }
        }
    }

    public int ThreadCount
    {
        get
        {
            lock (_gate)
            {
                return _threads.Count;
            }
        }
    }

    /// <summary>Queues an item.</summary>
    /// <param name="work">What to run.</param>
    /// <param name="admitted">True for work of what runs already (a request's completion, a connection's input): it is never refused.</param>
    /// <returns>False when the queue is full or the pool is disposed.</returns>
    public bool TryQueue(ExtensionWork work, bool admitted = false)
    {
        ExtensionThread? wake;
        lock (_gate)
        {
            // A thread that runs nothing now, or could still be started, will soon take an item out of the queue.
            var room = _queueLimit + ThreadLimit - _running;
            if (_disposed || (!admitted && _queue.NewCount >= room))
            {
                return false;
            }

            work.IsAdmitted = admitted;
            work.QueuedAt = Environment.TickCount64;
            _queue.Enqueue(work);
            wake = ThreadToWake();
            WakeWatch();
        }

        wake?.Wake();
        return true;
    }

    /// <summary>Ends the threads as soon as what they run has returned.</summary>
    public void Dispose()
    {
        ExtensionThread? idle;
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            idle = _idle;
            _idle = null;
            _idleCount = 0;
            for (var thread = idle; thread is not null; thread = thread.NextIdle)
            {
                thread.IsIdle = false;
            }
        }

        for (; idle is not null; idle = idle.NextIdle)
        {
            idle.Wake();
        }

        _watchWake.Set();
    }

    /// <summary>Ends the threads and waits until they are over, the destructors of their thread-local data included.</summary>
    /// <returns>False if some are not over in time: what they run has not returned.</returns>
    public bool End(TimeSpan limit)
    {
        Dispose();
        ExtensionThread[] threads;
        lock (_gate)
        {
            threads = [.. _threads, .. _ending];
        }

        var started = Environment.TickCount64;
        return threads.All(thread =>
            thread.Join(TimeSpan.FromMilliseconds(Math.Max(0, limit.TotalMilliseconds - (Environment.TickCount64 - started)))));
    }

    /// <summary>An item that waits now, for a thread that has just run one; or null.</summary>
    internal ExtensionWork? TryNext()
    {
        ExtensionThread? wake;
        ExtensionWork? work;
        lock (_gate)
        {
            _running--;
            work = Active > _allowed ? null : Take();
            wake = work is null ? null : ThreadToWake();
        }

        wake?.Wake();
        return work;
    }

    /// <summary>The next item, waiting for it; null when the thread is to end.</summary>
    internal ExtensionWork? Next(ExtensionThread thread, bool woken)
    {
        while (true)
        {
            ExtensionThread? wake = null;
            lock (_gate)
            {
                if (woken)
                {
                    _waking--;
                }

                var work = Active > _allowed && !_disposed ? null : Take();
                if (work is not null)
                {
                    wake = ThreadToWake();
                }
                else if (_disposed)
                {
                    Remove(thread);
                    return null;
                }
                else
                {
                    thread.NextIdle = _idle;
                    thread.IsIdle = true;
                    _idle = thread;
                    _idleCount++;
                }

                if (work is not null)
                {
                    wake?.Wake();
                    return work;
                }
            }

            woken = thread.Park(s_idleTimeout);
            if (!woken && !StayIdle(thread, out woken))
            {
                return null;
            }
        }
    }

    private bool StayIdle(ExtensionThread thread, out bool woken)
    {
        lock (_gate)
        {
            // Woken between the time-out and this lock: the signal stands, and Park will take it at once.
            woken = !thread.IsIdle;
            if (woken)
            {
                thread.Park(Timeout.InfiniteTimeSpan);
                return true;
            }

            RemoveIdle(thread);
            if (_threads.Count > _minimum && !PendingIO.OfThisThread)
            {
                Remove(thread);
                return false;
            }

            return true;
        }
    }

    private void RemoveIdle(ExtensionThread thread)
    {
        if (_idle == thread)
        {
            _idle = thread.NextIdle;
        }
        else
        {
            var before = _idle;
            while (before!.NextIdle != thread)
            {
                before = before.NextIdle;
            }

            before.NextIdle = thread.NextIdle;
        }

        thread.NextIdle = null;
        thread.IsIdle = false;
        _idleCount--;
    }

    private ExtensionWork? Take()
    {
        var work = _queue.Dequeue();
        if (work is not null)
        {
            _taken++;
            _running++;
        }

        return work;
    }

    // Threads that run something, or are on their way to it.
    private int Active => _threads.Count - _idleCount;

    // At most one thread is on its way at a time: it takes what waits and wakes the next itself, so a burst does not wake a herd.
    private ExtensionThread? ThreadToWake()
    {
        if (_queue.Count == 0 || _waking > 0 || Active >= _allowed)
        {
            return null;
        }

        if (_idle is not null)
        {
            return TakeIdle();
        }

        TryAddThread();
        return null;
    }

    private ExtensionThread TakeIdle()
    {
        var thread = _idle!;
        _idle = thread.NextIdle;
        thread.NextIdle = null;
        thread.IsIdle = false;
        _idleCount--;
        _waking++;
        return thread;
    }

    private void Remove(ExtensionThread thread)
    {
        _threads.Remove(thread);
        _ending.RemoveAll(ending => !ending.IsAlive);
        _ending.Add(thread);
    }

    // The system may refuse: a limit of this user or container is reached. What waits goes on waiting, and the watch tries again.
    private bool TryAddThread()
    {
        if (Environment.TickCount64 < _noThreadUntil)
        {
            return false;
        }

        var thread = new ExtensionThread(this);
        try
        {
            thread.Start();
        }
        catch (OutOfMemoryException)
        {
            _noThreadUntil = Environment.TickCount64 + PauseAfterRefusal;
            if (!_refusalReported)
            {
                _refusalReported = true;
                ThreadPool.UnsafeQueueUserWorkItem(static pool => pool.ThreadRefused?.Invoke(pool.ThreadCount), this, preferLocal: false);
            }

            return false;
        }

        _threads.Add(thread);
        return true;
    }
}
