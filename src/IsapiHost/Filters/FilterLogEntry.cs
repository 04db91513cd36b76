using System.Diagnostics;
using IsapiHost.Abi;
using IsapiHost.Diagnostics;
using IsapiHost.Extensions;
using IsapiHost.Variables;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Filters;

/// <summary>What is to be logged of a request: filled by the host, changed by filters (LOG), then written.</summary>
internal sealed unsafe class FilterLogEntry(FilterRequest request)
{
    private readonly FilterRequest _request = request;
    private readonly long _started = Stopwatch.GetTimestamp();
    private bool _isLogged;
    private string _logText = "";

    public string Method { get; private set; } = "";

    /// <summary>Path and query.</summary>
    public string Url { get; private set; } = "";

    public string User { get; private set; } = "";

    public int Status { get; private set; }

    public long BytesSent { get; set; }

    public double Milliseconds { get; private set; }

    /// <summary>The line of a request through an extension waits for the filters.</summary>
    public void Defer(long bytesSent, string logText)
    {
        _isLogged = true;
        BytesSent = Math.Max(BytesSent, bytesSent);
        _logText = logText;
    }

    public void Fill(HTTP_FILTER_LOG* log, NativeStrings strings)
    {
        var context = _request.Context;
        var target = RequestTarget.Of(context).ToString();
        var path = RequestTarget.WithoutQuery(target);
        BytesSent = Math.Max(BytesSent, context.Response.ContentLength ?? 0);
        log->pszClientHostName = strings.Add(context.Connection.RemoteIpAddress?.ToString());
        log->pszClientUserName = strings.Add(context.User.Identity is { IsAuthenticated: true, Name: { } name } ? name : "");
        log->pszServerName = strings.Add(context.Connection.LocalIpAddress?.ToString());
        log->pszOperation = strings.Add(context.Request.Method);
        log->pszTarget = strings.Add(path);
        log->pszParameters = strings.Add(path.Length < target.Length ? target.AsSpan(path.Length + 1) : default);
        log->dwHttpStatus = (uint)context.Response.StatusCode;
        log->dwWin32Status = context.RequestAborted.IsCancellationRequested ? Win32Error.NETNAME_DELETED : Win32Error.SUCCESS;
        log->dwBytesSent = (uint)Math.Min(BytesSent, uint.MaxValue);
        log->dwBytesRecvd = (uint)Math.Min(context.Request.ContentLength ?? 0, uint.MaxValue);
        log->msTimeForProcessing = (uint)Math.Min(Stopwatch.GetElapsedTime(_started).TotalMilliseconds, uint.MaxValue);
    }

    public void Read(HTTP_FILTER_LOG* log)
    {
        Method = Text(log->pszOperation);
        User = Text(log->pszClientUserName);
        var query = Text(log->pszParameters);
        Url = query.Length == 0 ? Text(log->pszTarget) : $"{Text(log->pszTarget)}?{query}";
        Status = (int)Math.Min(log->dwHttpStatus, int.MaxValue);
        BytesSent = log->dwBytesSent;
        Milliseconds = log->msTimeForProcessing;
    }

    public void WriteLine(RequestLog log)
    {
        if (_isLogged)
        {
            log.Finished(this, _logText);
        }
    }

    // Without control characters: a line end would forge a line of the log.
    private string Text(byte* text) =>
        string.Concat(_request.Site.AnsiEncoding.GetString(NativeString.Read(text, NativeString.MaxText)).Where(c => !char.IsControl(c)));
}
