using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IsapiHost.Diagnostics;

/// <summary>A line per request at Information level, category <c>IsapiHost.Requests</c>, whoever answered it.</summary>
internal sealed partial class RequestLog(ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger("IsapiHost.Requests");

    /// <summary>Whether filters want to see what is to be logged, line or no line.</summary>
    public bool IsFiltered { get; set; }

    private bool IsOn => _logger.IsEnabled(LogLevel.Information);

    /// <summary>A request that an extension has answered.</summary>
    public void Finished(HttpContext context, int status, long bytes, string text, long started)
    {
        if (EntryOf(context, started, out var isKept) is { } entry)
        {
            Answered(entry, isKept, bytes, status, text);
        }
    }

    /// <summary>Answers a request by what follows in the pipeline, and writes its line when that is done.</summary>
    public Task FollowAsync(RequestDelegate next, HttpContext context) =>
        IsOn && context.Features.Get<RequestLogEntry>() is null ? KeepAsync(next, context) : next(context);

    // Null when nobody wants to know. A kept one is written when the whole pipeline is done with the request.
    private RequestLogEntry? EntryOf(HttpContext context, long started, out bool isKept)
    {
        var kept = IsFiltered || IsOn ? context.Features.Get<RequestLogEntry>() : null;
        isKept = kept is not null;
        return kept ?? (IsOn ? new RequestLogEntry(context, started) : null);
    }

    private void Answered(RequestLogEntry entry, bool isKept, long bytes, int status, string text)
    {
        entry.Answered(bytes, status, text);
        if (!isKept)
        {
            Write(entry);
        }
    }

    private async Task KeepAsync(RequestDelegate next, HttpContext context)
    {
        var entry = new RequestLogEntry(context, Stopwatch.GetTimestamp());
        context.Features.Set(entry);
        try
        {
            await next(context);
        }
        catch when (!context.Response.HasStarted)
        {
            entry.Failed();
            throw;
        }
        finally
        {
            Write(entry);
        }
    }

    private void Write(RequestLogEntry entry)
    {
        entry.Complete();
        LogFinished(entry.Time, Word(entry.Client), Word(entry.User), entry.Method, entry.Url, entry.Status, entry.BytesSent, entry.Milliseconds, entry.Text);
    }

    // One word each, as in the log files of IIS: a blank or a line end in a name does not move what follows.
    private static string Word(string text) =>
        text.Length == 0 ? "-" : string.Concat(text.Where(c => !char.IsControl(c)).Select(c => c == ' ' ? '+' : c));

    // 101 was the line of requests that no extension answers.
    [LoggerMessage(100, LogLevel.Information, "{Time:yyyy-MM-ddTHH:mm:ss.fffZ} {Client} {User} {Method} {Url} {Status} {Bytes} bytes {Milliseconds:0.0} ms{LogText}")]
    private partial void LogFinished(DateTimeOffset time, string client, string user, string method, string url, int status, long bytes, double milliseconds, string logText);
}
