using System.Diagnostics;
using IsapiHost.Diagnostics;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Mapping;
using IsapiHost.Requests;
using IsapiHost.Responses.Heads;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Filters;

/// <summary>One request on its way through the filters of its session. Used again for the next request of the connection.</summary>
internal sealed partial class FilterRequest
{
    private readonly FilterSession _session;
    private readonly FilterAnswer _answer = new();
    private readonly List<byte> _addedHeaders = [];
    private readonly List<byte> _denialHeaders = [];
    private HttpContext? _context;
    private bool _watchesStart;
    private bool _isComplete;
    private string? _physicalPath;

    public FilterRequest(FilterSession session)
    {
        _session = session;
        RequestHeaders = new RequestHeaders(this);
        ResponseHeaders = new ResponseHeaders(this);
    }

    public HttpContext Context => _context ?? throw new InvalidOperationException("The request is over.");

    public SiteSettings Site => _session.Host.Site;

    public RequestView View { get; } = new();

    public HeaderSet RequestHeaders { get; }

    public HeaderSet ResponseHeaders { get; }

    /// <summary>What is to be logged; null when no filter wants to see it.</summary>
    private RequestLogEntry? LogEntry { get; set; }

    /// <summary>Whether a filter may still answer, or goes on answering.</summary>
    public bool CanAnswer => !_isComplete && (_answer.By is not null || !Context.Response.HasStarted);

    /// <summary>Whether filters have something to do with the head, which has not gone out yet.</summary>
    public bool AwaitsStart => _watchesStart && !Context.Response.HasStarted;

    /// <summary>Whether a filter has sent bytes as the answer.</summary>
    public bool IsAnswered => _answer.HasOutput;

    /// <summary>The filter whose bytes go out now; null for those of the handler, which all filters see.</summary>
    public FilterContext? Writer => _answer.By;

    public void Initialize(HttpContext context)
    {
        _context = context;
        _watchesStart = false;
        _isComplete = false;
        DenialReason = SF_DENIED.APPLICATION;
        _physicalPath = null;
        if (Site.UrlMapsAreFiltered)
        {
            context.Features.Set<IUrlMapFilter>(this);
        }

        View.Initialize(context, Site);
        _answer.Initialize(context, _session.Host.ResponseSettings);
        LogEntry = _session.Port.Wants(SF_NOTIFY.LOG) ? EntryOf(context) : null;
        if (_session.IsOfOneRequest)
        {
            // Elsewhere the session knows its request; a feature more would make the context look up all it has looked up before.
            context.Features.Set(this);
        }

        if (_session.Port.Wants(SF_NOTIFY.SEND_RESPONSE) || _session.Host.ServerHeader is not null)
        {
            WatchStart();
        }

        if (_session.Port.Wants(SF_NOTIFY.ACCESS_DENIED))
        {
            AccessDeniedBodyFeature.Put(context, this);
        }
    }

    /// <summary>Ends the client's connection, from any thread.</summary>
    public void Abort() => _context?.Abort();

    public void Reset()
    {
        _context = null;
        _addedHeaders.Clear();
        _denialHeaders.Clear();
        _answer.Reset();
        View.Reset();
        LogEntry = null;
    }

    /// <summary>Variables of the path may be asked for from now on, and are those of the present URL.</summary>
    public void ShowPath() => View.SetMapping(RequestPath.Of(Context, Site.UrlDecoder), default);

    /// <summary>The answer, taken over by a filter.</summary>
    public FilterAnswer Answer(FilterContext filter)
    {
        _answer.Begin(filter);
        WatchStart();
        return _answer;
    }

    /// <summary>Remembers header lines for the head of the response. Empty lines are dropped: connectors end their text with one.</summary>
    /// <param name="lines">Lines, each with its line end.</param>
    /// <param name="onDenial">Whether only a 401 gets them.</param>
    public Win32Error AddHeaders(ReadOnlySpan<byte> lines, bool onDenial)
    {
        var headers = onDenial ? _denialHeaders : _addedHeaders;
        if (Context.Response.HasStarted || headers.Count + lines.Length > NativeString.MaxHead)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        foreach (var range in lines.Split((byte)'\n'))
        {
            var line = lines[range].TrimEnd((byte)'\r');
            if (!line.IsEmpty)
            {
                headers.AddRange(line);
                headers.AddRange("\r\n"u8);
            }
        }

        WatchStart();
        return Win32Error.SUCCESS;
    }

    /// <summary>The lines of AddResponseHeaders, for a head that the filter sends itself.</summary>
    public byte[] TakeAddedHeaders()
    {
        byte[] lines = [.. _addedHeaders];
        _addedHeaders.Clear();
        return lines;
    }

    // That of the request's line if it gets one, and else one for the filters alone.
    private static RequestLogEntry EntryOf(HttpContext context)
    {
        var entry = context.Features.Get<RequestLogEntry>();
        if (entry is null)
        {
            entry = new RequestLogEntry(context, Stopwatch.GetTimestamp());
            context.Features.Set(entry);
        }

        return entry;
    }

    private static ResponseHead ParseLines(List<byte> lines) =>
        ResponseHeadParser.Parse("200 OK"u8, [.. lines, .. "\r\n"u8], StatusCodes.Status200OK, out _, out _);
}
