using System.Diagnostics;

namespace IsapiHost.Extensions;

/// <content>What a request needs when it takes its time; see <see cref="RequestHeartbeat"/>.</content>
internal sealed unsafe partial class ExtensionRequest
{
    private const int IdleMilliseconds = 100;

    // 0 while nobody wants to know, and once the warning is given.
    private long _enteredAt;

    /// <summary>
    /// Sends what was gathered some time ago, and warns of a request that stays for long.
    /// </summary>
    public void LookAfter(long now)
    {
        // The share keeps the request, and with it its HttpContext, from being used for another one meanwhile.
        if (!TryEnter())
        {
            return;
        }

        if (Response.HasGathered && now - Response.LastGathered >= IdleMilliseconds)
        {
            SendWhatIsGathered();
        }

        ReportIfBlocked();
        ReportIfForgotten();
        if (_host.RequestTimeWarning is { } limit)
        {
            WarnIfLonger(limit);
        }

        Leave();
    }

    private void WarnIfLonger(TimeSpan limit)
    {
        var enteredAt = Volatile.Read(ref _enteredAt);
        if (enteredAt != 0 && Stopwatch.GetElapsedTime(enteredAt) > limit
            && Interlocked.CompareExchange(ref _enteredAt, 0, enteredAt) == enteredAt)
        {
            _host.Log.TakesLong(Context.Request.Method, Context.Request.Path, _module.Path, limit.TotalSeconds);
        }
    }
}
