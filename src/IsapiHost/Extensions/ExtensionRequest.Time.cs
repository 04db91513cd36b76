using System.Diagnostics;

namespace IsapiHost.Extensions;

/// <content>How long the request has been in the extension.</content>
internal sealed unsafe partial class ExtensionRequest
{
    // 0 while it is not, while nobody wants to know, and once the warning is given.
    private long _enteredAt;

    /// <summary>Logs a request that has been in the extension for longer than the limit, once.</summary>
    public void WarnIfLong(TimeSpan limit)
    {
        // The share keeps the request, and with it its HttpContext, from being used for another one meanwhile.
        if (!TryEnter())
        {
            return;
        }

        var enteredAt = Volatile.Read(ref _enteredAt);
        if (enteredAt != 0 && Stopwatch.GetElapsedTime(enteredAt) > limit
            && Interlocked.CompareExchange(ref _enteredAt, 0, enteredAt) == enteredAt)
        {
            _host.Log.TakesLong(Context.Request.Method, Context.Request.Path, _module.Path, limit.TotalSeconds);
        }

        Leave();
    }
}
