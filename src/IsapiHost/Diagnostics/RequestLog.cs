using System.Diagnostics;
using IsapiHost.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace IsapiHost.Diagnostics;

/// <summary>A line per request at Information level, category <c>IsapiHost.Requests</c>.</summary>
internal sealed partial class RequestLog(ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger("IsapiHost.Requests");

    public void Finished(ExtensionRequest request, long started)
    {
        if (!_logger.IsEnabled(LogLevel.Information))
        {
            return;
        }

        var context = request.Context;
        var status = request.Response.StatusCode != 0 ? request.Response.StatusCode : context.Response.StatusCode;
        var milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        LogFinished(context.Request.Method, target, status, request.Response.BytesSent, milliseconds, request.LogText);
    }

    [LoggerMessage(100, LogLevel.Information, "{Method} {Url} {Status} {Bytes} bytes {Milliseconds:0.0} ms{LogText}")]
    private partial void LogFinished(string method, string? url, int status, long bytes, double milliseconds, string logText);
}
