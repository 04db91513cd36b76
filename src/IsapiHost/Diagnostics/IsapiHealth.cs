using System.Collections.Concurrent;

namespace IsapiHost.Diagnostics;

/// <summary>
/// What extensions have said about the health of the process (HSE_REQ_REPORT_UNHEALTHY). IIS recycles the worker process then;
/// here the report stays until the process is started anew, for whoever watches it. Safe from any thread.
/// </summary>
internal sealed class IsapiHealth(ExtensionLog log, IsapiMetrics metrics)
{
    private readonly ConcurrentDictionary<string, string> _reports = new();

    public bool IsHealthy => _reports.IsEmpty;

    /// <summary>The last reason given by each module that gave one, by path.</summary>
    public IReadOnlyDictionary<string, string> Reports => _reports;

    public void Report(string module, string reason)
    {
        var text = string.Concat(reason.Where(c => !char.IsControl(c)));
        metrics.ReportedUnhealthy();

        // An extension may say the same in every request; the log gets it once.
        if (!_reports.TryGetValue(module, out var last) || last != text)
        {
            _reports[module] = text;
            log.Unhealthy(module, text.Length == 0 ? "no reason given" : text);
        }
    }
}
