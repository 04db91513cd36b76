namespace IsapiHost.Threading;

/// <content>The watch: adjusts the number of active threads, and looks for items and threads that got lost.</content>
internal sealed partial class ExtensionThreadPool
{
    private static readonly TimeSpan s_starvationTick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_lostThreadTick = TimeSpan.FromSeconds(1);

    // An item that waited this long is a sign of blocked threads; a loaded but healthy pool passes items on within a millisecond or two.
    private const int StarvationMilliseconds = 12;

    // More finished items than this for each active thread and tick: the items are short, the processors are the limit, and more threads would
    // only hurt.
    private const int ShortItemsPerThread = 10;

    // More than this, with more active threads than processors: the threads take turns instead of waiting, and fewer would do as well.
    private const int TurnsPerThread = 4;

    private void WakeWatch()
    {
        if (!_watching)
        {
            _watching = true;
            _watchWake.Set();
        }
    }

    private void Watch()
    {
        var takenBefore = 0L;
        var wasStarved = false;
        var lostCheck = Environment.TickCount64;
        while (!_disposed)
        {
            bool busy;
            ExtensionThread? wake;
            lock (_gate)
            {
                var taken = _taken - takenBefore;
                takenBefore = _taken;

                // Twice in a row: a process that the system has not let run at all for a moment looks the same once.
                var isStarved = IsStarved(taken);
                if (isStarved && wasStarved)
                {
                    Grow();
                }
                else if (_allowed > _minimum && taken > (long)Active * TurnsPerThread)
                {
                    _allowed--;
                }

                // Somebody is on the way already, unless the system refused a thread.
                wake = ThreadToWake();
                wasStarved = isStarved;
                busy = _queue.Count > 0 || Active > 0;
                _watching = busy;
            }

            wake?.Wake();
            if (busy)
            {
                QueueStuckItems();
            }

            if (Environment.TickCount64 - lostCheck >= s_lostThreadTick.TotalMilliseconds)
            {
                lostCheck = Environment.TickCount64;
                ReplaceLostThreads();
            }

            if (busy)
            {
                Thread.Sleep(s_starvationTick);
            }
            else
            {
                _watchWake.WaitOne();
            }
        }
    }

    // Work waits although every thread that may be active is, with items that take long.
    private bool IsStarved(long takenInTick) =>
        _queue.Oldest is { } oldest
        && Active >= _allowed
        && Environment.TickCount64 - oldest.QueuedAt >= StarvationMilliseconds
        && takenInTick <= (long)Active * ShortItemsPerThread;

    private void Grow()
    {
        if (_allowed == ThreadLimit)
        {
            _queue.RunElsewhere();
            return;
        }

        _allowed = Math.Min(ThreadLimit, _allowed + Math.Min(_allowed, _queue.Count));
        while (Active < _allowed)
        {
            if (_idle is not null)
            {
                TakeIdle().Wake();
            }
            else if (!TryAddThread())
            {
                // As at the limit, until the system allows another thread.
                _allowed = Math.Max(1, Active);
                _queue.RunElsewhere();
                return;
            }
        }
    }

    private void ReplaceLostThreads()
    {
        List<ExtensionThread>? lost = null;
        lock (_gate)
        {
            foreach (var thread in _threads)
            {
                if (thread.Current is not null && !thread.IsAlive)
                {
                    (lost ??= []).Add(thread);
                }
            }

            foreach (var thread in lost ?? [])
            {
                _threads.Remove(thread);
                _running--;
                TryAddThread();
            }
        }

        foreach (var thread in lost ?? [])
        {
            thread.Lost?.Invoke();
            thread.Current!.ThreadLost();
        }
    }

    // Rare: application code between two items blocks the thread that both were to run on.
    private void QueueStuckItems()
    {
        List<ExtensionWork>? stuck = null;
        lock (_gate)
        {
            foreach (var thread in _threads)
            {
                if (thread.TakeStuckNext() is { } work)
                {
                    (stuck ??= []).Add(work);
                }
            }
        }

        foreach (var work in stuck ?? [])
        {
            TryQueue(work, admitted: true);
        }
    }
}
