using System.Diagnostics;
using System.Diagnostics.Metrics;
using IsapiHost.Threading;

namespace IsapiHost.Diagnostics;

/// <summary>The meter <c>IsapiHost</c>.</summary>
internal sealed class IsapiMetrics
{
    private readonly Meter _meter;
    private readonly UpDownCounter<long> _active;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _unhealthy;

    public IsapiMetrics(IMeterFactory factory)
    {
        _meter = factory.Create("IsapiHost");
        _active = _meter.CreateUpDownCounter<long>("isapi.requests.active", "{request}", "Requests that are in an extension.");
        _duration = _meter.CreateHistogram<double>("isapi.request.duration", "s", "Time from the arrival of a request until its answer is complete.");
        _unhealthy = _meter.CreateCounter<long>("isapi.unhealthy.reports", "{report}", "Calls of HSE_REQ_REPORT_UNHEALTHY.");
    }

    public void Observe(ExtensionThreadPool threads)
    {
        _meter.CreateObservableUpDownCounter("isapi.threads", () => threads.ThreadCount, "{thread}", "Extension threads.");
        _meter.CreateObservableUpDownCounter("isapi.queue.length", () => threads.QueueLength, "{request}", "Calls that wait for an extension thread.");
    }

    public void ReportedUnhealthy() => _unhealthy.Add(1);

    public void RequestStarted() => _active.Add(1);

    public void RequestFinished(long started)
    {
        _active.Add(-1);
        if (_duration.Enabled)
        {
            _duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
    }
}
