using IsapiHost.Interop.Abi;
using IsapiHost.Requests;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Filters;

/// <summary>The way of a request through the filters.</summary>
internal sealed class FilterMiddleware(RequestDelegate next, FilterHost host, FilterChain chain, bool answersFailures)
{
    // Who gets these expects that all bytes of the request have gone out before its end.
    private const uint EndNotifications = SF_NOTIFY.END_OF_REQUEST | SF_NOTIFY.LOG | SF_NOTIFY.ACCESS_DENIED | SF_NOTIFY.SEND_RAW_DATA;

    private static readonly object s_sessionKey = new();

    private readonly RequestDelegate _next = next;
    private readonly FilterHost _host = host;
    private readonly FilterChain _chain = chain;

    // Not where developers see what failed, in a page from outside of the filters.
    private readonly bool _answersFailures = answersFailures;

    public Task InvokeAsync(HttpContext context)
    {
        var port = context.Request.IsHttps ? _chain.Secure : _chain.NonSecure;
        if (port.Wanted == 0)
        {
            FilterRequest.NameServer(context.Response, _host);
            return _next(context);
        }

        // A child request (HSE_REQ_SEND_URL) belongs to the request that filters know already.
        var session = SessionOfConnection(context);
        var isKnown = session is not null ? session.Request is not null : context.Features.Get<FilterRequest>() is not null;
        return isKnown ? _next(context) : FilterAsync(context, port, session);
    }

    /// <summary>Makes a session known to the requests of its connection.</summary>
    public static void Remember(IDictionary<object, object?> items, FilterSession session) => items[s_sessionKey] = session;

    private async Task FilterAsync(HttpContext context, FilterSubscriptions port, FilterSession? known)
    {
        if ((known ?? OpenSession(context, port)) is not { } session)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        var request = session.Begin(context);
        try
        {
            var outcome = await request.BeginAsync();
            if (outcome == FilterOutcome.Continue && !request.IsAnswered)
            {
                await _next(context);
            }
            else
            {
                await request.FinishAnswerAsync(outcome);
            }

            // The end of the request comes after its last byte, and a head without a body has not gone out yet.
            if ((port.Wants(EndNotifications) || request.AwaitsStart) && !IsOver(context))
            {
                await context.Response.CompleteAsync();
            }
        }
        catch (Exception e) when (_answersFailures && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            // The server's own answer would pass the filters by. It still gets the exception, and logs it.
            await request.AnswerFailureAsync(e);
            throw;
        }
        finally
        {
            await request.EndAsync();
            session.EndRequest();
            if (session.IsOfOneRequest)
            {
                await session.EndAsync();
            }
        }
    }

    private static FilterSession? SessionOfConnection(HttpContext context) =>
        context.Request.IsHttp1() && context.Features.Get<IConnectionItemsFeature>()?.Items.TryGetValue(s_sessionKey, out var found) is true
            ? (FilterSession?)found
            : null;

    private FilterSession? OpenSession(HttpContext context, FilterSubscriptions port)
    {
        if (context.Request.IsHttp1()
            && context.Features.Get<IConnectionItemsFeature>()?.Items is { } items
            && context.Features.Get<IConnectionCompleteFeature>() is { } connection)
        {
            var session = FilterSession.Open(_host, port);
            if (session is not null)
            {
                Remember(items, session);
                connection.OnCompleted(static state => ((FilterSession)state).EndAsync(), session);
            }

            return session;
        }

        NoteMissingRawData(port);
        var ofRequest = FilterSession.Open(_host, port);
        ofRequest?.IsOfOneRequest = true;
        return ofRequest;
    }

    private void NoteMissingRawData(FilterSubscriptions port)
    {
        if (!port.WantsRawData)
        {
            return;
        }

        foreach (var filter in port.Filters)
        {
            if (FilterSubscriptions.AsksForRawData(filter) && filter.IsFirstRawNotice())
            {
                _host.Log.NoRawData(filter.Path);
            }
        }
    }

    // The client has left, or the connection has been handed over (WebSocket).
    private static bool IsOver(HttpContext context) =>
        context.RequestAborted.IsCancellationRequested || context.Response.StatusCode == StatusCodes.Status101SwitchingProtocols;
}
