using System.Runtime.ExceptionServices;
using IsapiHost.Threading;

namespace IsapiHost.Modules.Loading;

/// <summary>
/// Code of a module that no request waits for runs on a thread of its own, which ends afterwards: what it does to its thread harms nobody, and
/// it may hang.
/// </summary>
internal static class ModuleThread
{
    /// <summary>Runs something however long it takes.</summary>
    /// <param name="name">The thread's name.</param>
    /// <param name="call">Makes the call; its exception is the caller's.</param>
    /// <param name="patience">After which time <paramref name="slow"/> is told, once.</param>
    /// <param name="slow">Called on the calling thread.</param>
    public static T Run<T>(string name, Func<T> call, TimeSpan patience, Action slow)
    {
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new NativeThread(name, () =>
        {
            try
            {
                result = call();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        if (!thread.Join(patience))
        {
            slow();
            thread.Join(Timeout.InfiniteTimeSpan);
        }

        failure?.Throw();
        return result!;
    }

    /// <summary>Runs something that must not hold up whoever waits for it.</summary>
    /// <returns>True if the call came back in time. If not, its thread is left behind; it does not keep the process alive.</returns>
    public static bool TryRun(string name, TimeSpan limit, Action call)
    {
        var thread = new NativeThread(name, call);
        try
        {
            thread.Start();
        }
        catch (OutOfMemoryException)
        {
            // No thread is left for this process. A thread of the pool exists already, most likely.
            return Task.Run(call).Wait(limit);
        }

        return thread.Join(limit);
    }
}
