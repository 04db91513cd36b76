using System.Diagnostics;
using IsapiHost.Mapping;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Diagnostics;

/// <summary>
/// What is to be logged of a client's request: said by whoever answered it, changed by filters (LOG), then written. Child requests of
/// extensions are part of it.
/// </summary>
internal sealed class RequestLogEntry(HttpContext context, long started)
{
    private readonly HttpContext _context = context;
    private readonly long _started = started;
    private readonly DateTimeOffset _startedAt = DateTimeOffset.UtcNow - Stopwatch.GetElapsedTime(started);
    private int _answeredStatus;
    private bool _isComplete;

    /// <summary>When the request arrived, UTC.</summary>
    public DateTimeOffset Time => _startedAt;

    /// <summary>The client's address, or its name where a filter knows better.</summary>
    public string Client { get; set; } = "";

    /// <summary>Who is logged on; empty for nobody.</summary>
    public string User { get; set; } = "";

    public string Method { get; set; } = "";

    /// <summary>Path and query.</summary>
    public string Url { get; set; } = "";

    public int Status { get; set; }

    /// <summary>Bytes of the body.</summary>
    public long BytesSent { get; set; }

    public double Milliseconds { get; set; }

    /// <summary>What follows in the line: an extension's own text, for instance.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Says how the request was answered; the parent of a child request says it last.</summary>
    /// <param name="bytes">Bytes of the body.</param>
    /// <param name="status">0 for that of the response.</param>
    /// <param name="text">Begins with a space, or is empty.</param>
    public void Answered(long bytes, int status, string text)
    {
        BytesSent = Math.Max(BytesSent, bytes);
        _answeredStatus = status;
        Text = text.Length > 0 ? text : Text;
    }

    /// <summary>The application failed before it answered: the server will say so to the client.</summary>
    public void Failed() => _answeredStatus = StatusCodes.Status500InternalServerError;

    /// <summary>Fills in the rest, once; what filters have changed afterwards stays.</summary>
    public void Complete()
    {
        if (_isComplete)
        {
            return;
        }

        _isComplete = true;
        Client = _context.Connection.RemoteIpAddress?.ToString() ?? "";
        User = _context.User.Identity is { IsAuthenticated: true, Name: { } name } ? name : "";
        Method = _context.Request.Method;
        Url = RequestTarget.Of(_context).ToString();
        Status = _answeredStatus != 0 ? _answeredStatus : _context.Response.StatusCode;
        BytesSent = Math.Max(BytesSent, _context.Response.ContentLength ?? 0);
        Milliseconds = Stopwatch.GetElapsedTime(_started).TotalMilliseconds;
    }
}
