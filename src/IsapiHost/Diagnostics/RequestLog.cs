using System.Diagnostics;
using IsapiHost.Extensions;
using IsapiHost.Filters;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace IsapiHost.Diagnostics;

/// <summary>A line per request at Information level, category <c>IsapiHost.Requests</c>.</summary>
internal sealed partial class RequestLog(ILoggerFactory loggers)
{
    private const string ForwardedText = " forwarded";

    private readonly ILogger _logger = loggers.CreateLogger("IsapiHost.Requests");

    public void Finished(ExtensionRequest request, long started)
    {
        if (!_logger.IsEnabled(LogLevel.Information))
        {
            return;
        }

        var context = request.Context;
        if (context.Features.Get<FilterRequest>()?.LogEntry is { } entry)
        {
            entry.Defer(request.Response.BytesSent, request.LogText);
            return;
        }

        var status = request.Response.StatusCode != 0 ? request.Response.StatusCode : context.Response.StatusCode;
        var milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        LogFinished(context.Request.Method, target, status, request.Response.BytesSent, milliseconds, request.LogText);
    }

    /// <summary>A request that went to the site behind.</summary>
    public void Forwarded(HttpContext context, long bytes, long started)
    {
        if (!_logger.IsEnabled(LogLevel.Information))
        {
            return;
        }

        if (context.Features.Get<FilterRequest>()?.LogEntry is { } entry)
        {
            entry.Defer(bytes, ForwardedText);
            return;
        }

        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        LogFinished(
            context.Request.Method, target, context.Response.StatusCode, bytes, Stopwatch.GetElapsedTime(started).TotalMilliseconds, ForwardedText);
    }

    /// <summary>As the filters of the request want it logged.</summary>
    public void Finished(FilterLogEntry entry, string logText) =>
        LogFinished(entry.Method, entry.Url, entry.Status, entry.BytesSent, entry.Milliseconds, logText);

    [LoggerMessage(100, LogLevel.Information, "{Method} {Url} {Status} {Bytes} bytes {Milliseconds:0.0} ms{LogText}")]
    private partial void LogFinished(string method, string? url, int status, long bytes, double milliseconds, string logText);
}
