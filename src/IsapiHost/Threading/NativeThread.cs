using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace IsapiHost.Threading;

/// <summary>A thread that runs code of modules.</summary>
/// <remarks>
/// Code of a module still runs when managed code has ended on the thread: the destructors of its thread-local data. Windows counts that as
/// part of the thread; on Linux <see cref="Thread.Join()"/> returns before.
/// </remarks>
internal sealed partial class NativeThread
{
    /// <summary>How the names of all of them begin, and of no other thread of the host: one that has it unknown to us was begun by a module.</summary>
    public const string NamePrefix = "ISAPI ";

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(1);
    private static readonly ConcurrentDictionary<int, NativeThread> _alive = new();

    private readonly Thread _thread;
    private readonly Action _body;
    private volatile int _id;

    /// <param name="name">What follows <see cref="NamePrefix"/>. Threads that a module begins on this one have the same name on Linux.</param>
    /// <param name="body">What runs; must not throw.</param>
    /// <param name="stackSize">In bytes; 0 for the system's default.</param>
    public NativeThread(string name, Action body, int stackSize = 0)
    {
        _body = body;
        _thread = new Thread(Run, stackSize) { IsBackground = true, Name = NamePrefix + name };
    }

    public bool IsAlive => _thread.IsAlive;

    /// <exception cref="OutOfMemoryException">The system has no thread left, for this process or this user.</exception>
    public void Start() => _thread.UnsafeStart();

    /// <summary>Waits until the thread is over, the destructors of its data included.</summary>
    /// <returns>False if it is not in time.</returns>
    public bool Join(TimeSpan limit)
    {
        var started = Environment.TickCount64;
        if (!_thread.Join(limit))
        {
            return false;
        }

        while (_id != 0 && Directory.Exists($"/proc/self/task/{_id}"))
        {
            if (limit != Timeout.InfiniteTimeSpan && Environment.TickCount64 - started > limit.TotalMilliseconds)
            {
                return false;
            }

            Thread.Sleep(_pause);
        }

        return true;
    }

    /// <summary>Whether a thread of the process, by its number on Linux, was begun here, and not by a module.</summary>
    public static bool IsOne(int id) => _alive.ContainsKey(id);

    private void Run()
    {
        if (OperatingSystem.IsLinux())
        {
            _id = GetThreadId();
            _alive[_id] = this;
        }

        _body();
        _alive.TryRemove(new(_id, this));
    }

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int GetThreadId();
}
