namespace IsapiHost.Extensions;

/// <summary>Warns of requests that stay in an extension for long: one clock looks at all of them, so that a request costs next to nothing.</summary>
internal sealed class RequestTimeWatch : IDisposable
{
    private static readonly TimeSpan s_shortestPeriod = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestPeriod = TimeSpan.FromSeconds(10);

    private readonly Timer _timer;

    public RequestTimeWatch(ExtensionHost host, TimeSpan limit)
    {
        // A warning comes late by a quarter of the limit at most.
        var quarter = limit / 4;
        var period = quarter < s_shortestPeriod ? s_shortestPeriod : quarter > s_longestPeriod ? s_longestPeriod : quarter;
        _timer = new Timer(_ => ExtensionRequestTable.WarnOfLong(host, limit), null, period, period);
    }

    public void Dispose() => _timer.Dispose();
}
