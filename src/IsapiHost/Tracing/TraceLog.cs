using Microsoft.Extensions.Logging;

namespace IsapiHost.Tracing;

/// <summary>Events that extensions raise with HSE_REQ_RAISE_TRACE_EVENT, category <c>IsapiHost.Trace</c>.</summary>
internal sealed partial class TraceLog(ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger("IsapiHost.Trace");

    /// <summary>Whether anybody reads them.</summary>
    public bool IsEnabled => _logger.IsEnabled(LogLevel.Debug);

    [LoggerMessage(150, LogLevel.Debug, "{Module} traced event {Event} {Name}: {Items}")]
    public partial void Raised(string module, uint @event, string name, string items);
}
