using System.Diagnostics;
using IsapiHost.Diagnostics;
using IsapiHost.Extensions.Children;
using IsapiHost.Extensions.Uploads;
using IsapiHost.Interop;
using IsapiHost.Mapping;
using IsapiHost.Modules;
using IsapiHost.Requests;
using IsapiHost.Responses;
using IsapiHost.Threading;
using IsapiHost.Tracing;
using IsapiHost.Transport;
using IsapiHost.Transport.Files;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IsapiHost.Extensions;

/// <summary>What the requests of one application share, and the way of a request through an extension.</summary>
internal sealed class ExtensionHost : IDisposable
{
    private readonly UploadSettings _uploads;
    private readonly RequestLog _requests;
    private readonly IsapiMetrics _metrics;
    private readonly InternalRedirect _redirect;
    private readonly RequestHeartbeat _care;

    public ExtensionHost(IOptions<IsapiOptions> options, SiteSettings site, ApplicationPipeline pipeline, IsapiMetrics metrics, IEnumerable<ITraceSink> sinks, RequestLog requests, ILoggerFactory loggers)
    {
        var settings = options.Value;
        _uploads = new UploadSettings(settings);
        _redirect = new InternalRedirect(pipeline);
        Log = new ExtensionLog(loggers.CreateLogger("IsapiHost"));
        Children = new ChildRequests(pipeline, Log);
        ErrorPages = new ErrorPages(settings.ErrorPages, site.UrlDecoder);
        _metrics = metrics;
        _requests = requests;
        Tracer = new Tracer(settings, sinks, Log);
        Trace = new TraceLog(loggers);
        Health = new IsapiHealth(Log, metrics);
        Site = site;
        InterfaceVersion = ((uint)settings.InterfaceVersion.Major << 16) | (uint)settings.InterfaceVersion.Minor;
        ResponseSettings = new ResponseSettings(
            settings.Responses.BufferLimit,
            settings.Responses.StrictKeepConnection,
            settings.Responses.TextWithoutHeadIsHtml,
            settings.Responses.KernelFileTransfer ?? KernelFileSend.IsAdvisable);
        Threads = new ExtensionThreadPool(settings.Threads.Limit, settings.Threads.QueueLimit) { ThreadRefused = Log.ThreadRefused };
        metrics.Observe(Threads);
        RequestTimeWarning = settings.RequestTimeWarning > TimeSpan.Zero ? settings.RequestTimeWarning : null;
        GivesThreadToken = settings.Threads.Token;
        _care = new RequestHeartbeat(this);
    }

    public SiteSettings Site { get; }

    /// <summary>dwVersion of the control block.</summary>
    public uint InterfaceVersion { get; }

    public ResponseSettings ResponseSettings { get; }

    /// <summary>How long a request may be in an extension before the log says so; null for as long as it likes.</summary>
    public TimeSpan? RequestTimeWarning { get; }

    /// <summary>Whether OpenThreadToken of an extension or filter finds a token (Windows).</summary>
    public bool GivesThreadToken { get; }

    public ExtensionThreadPool Threads { get; }

    public ExtensionLog Log { get; }

    public TraceLog Trace { get; }

    public Tracer Tracer { get; }

    public IsapiHealth Health { get; }

    public ChildRequests Children { get; }

    public ErrorPages ErrorPages { get; }

    public InFlightRequests InFlight { get; } = new();

    /// <summary>Answers a request by an extension.</summary>
    public Task HandleAsync(HttpContext context, ExtensionModule module, HandlerMatch match)
    {
        if (HttpMethods.IsConnect(context.Request.Method))
        {
            RefuseConnect(context);
            return Task.CompletedTask;
        }

        if (!TryEnter(context))
        {
            Refuse(context);
            return Task.CompletedTask;
        }

        var started = Stopwatch.GetTimestamp();
        _metrics.RequestStarted();
        _care.Begin();
        if (ExtensionRequestTable.Rent() is not { } request)
        {
            Log.NoConnectionId(ConnectionId.MaxSlots);
            Refuse(context);
            Exit(started);
            return Task.CompletedTask;
        }

        request.Initialize(this, module, context, match);

        // Apart from this, since an asynchronous method carries all its arguments through the whole request.
        return RunAsync(request, started);
    }

    private async Task RunAsync(ExtensionRequest request, long started)
    {
        try
        {
            await request.View.MapAsync();
            _uploads.Apply(request.Context, request.Body.IsExpected);
            await request.Body.PreloadAsync(request.Context, _uploads);
            if (request.Body.RejectedStatus is { } status)
            {
                Reject(request, status);
            }
            else if (!request.Body.IsClientGone)
            {
                await CallAsync(request);
            }

            if (request.Body.IsClientGone || request.Response.IsBroken)
            {
                await request.Context.AbortAsync();
            }
        }
        finally
        {
            ExpectAnother(request.Context);
            _requests.Finished(request.Context, request.Response.StatusCode, request.Response.BytesSent, request.LogText, started);
            EndOfRequest.Finish(request);
            request.Recycle();
            Exit(started);
        }
    }

    private async ValueTask CallAsync(ExtensionRequest request)
    {
        request.Open();
        if (ExtensionThread.TryRunNext(request) || Threads.TryQueue(request))
        {
            await AnswerAsync(request, await request.Completion);
        }
        else
        {
            request.Cancel();
            Log.QueueFull(Threads.ThreadLimit, Threads.QueueLimit);
            Refuse(request.Context);
        }
    }

    private void Exit(long started)
    {
        _metrics.RequestFinished(started);
        InFlight.Exit();
    }

    public void Dispose()
    {
        Threads.Dispose();
        _care.Dispose();
    }

    // A client that asked for an extension and keeps its connection will most likely ask for one again.
    private void ExpectAnother(HttpContext context)
    {
        if (context.Request.IsHttp1())
        {
            context.Features.Get<SocketPipeReader>()?.ExpectExtension(Threads);
        }
    }

    // A host that stops still finishes what it has begun, with the requests that this needs.
    private bool TryEnter(HttpContext context)
    {
        var entered = InFlight.TryEnter();
        if (!entered && context.Features.Get<RequestDepth>() is not null)
        {
            InFlight.EnterWithin();
            entered = true;
        }

        return entered;
    }

    private async ValueTask AnswerAsync(ExtensionRequest request, CallOutcome outcome)
    {
        switch (outcome)
        {
            case CallOutcome.Abandoned:
                Log.Abandoned(request.Context.Request.Method, request.Context.Request.Path, request.Module.Path);
                request.Context.Abort();
                return;
            case CallOutcome.ThreadLost:
                Log.ThreadLost(request.Module.Path);
                break;
            default:
                break;
        }

        if (InFlight.IsClosed)
        {
            EndConnection(request.Context);
        }

        if (request.SendUrl is { } url)
        {
            await _redirect.FollowAsync(request.Context, url, request.SendUrlStatus);
            return;
        }

        try
        {
            var end = await request.Response.FinishAsync(StatusWithoutAnswer(request, outcome), failed: outcome != CallOutcome.Success);
            ReportUnfinished(request, end);
        }
        catch (Exception e) when (TransferError.TryGet(e, out _))
        {
            // The client has left; there is nobody to tell.
        }
    }

    private void ReportUnfinished(ExtensionRequest request, ResponseEnd end)
    {
        var asked = request.Context.Request;
        switch (end)
        {
            case ResponseEnd.TooShort:
                Log.BodyTooShort(request.Module.Path, asked.Method, asked.Path, request.Response.DeclaredLength ?? 0, request.Response.BytesSent);
                break;
            case ResponseEnd.BrokenChunks:
                Log.ChunksBroken(request.Module.Path, asked.Method, asked.Path);
                break;
            default:
                break;
        }
    }

    // What a client gets from an extension that sent nothing: its status if it set one, and 500 if it failed.
    private static int StatusWithoutAnswer(ExtensionRequest request, CallOutcome outcome)
    {
        if (request.Body.RejectedStatus is { } rejected)
        {
            return rejected;
        }

        return outcome == CallOutcome.Success ? request.FallbackStatus : StatusCodes.Status500InternalServerError;
    }

    // What is left of the body has not been read, so the connection is of no further use.
    private void Reject(ExtensionRequest request, int status)
    {
        var context = request.Context;
        if (request.Body.SpoolFault is { } fault)
        {
            Log.NotSpooled(context.Request.Method, context.Request.Path, UploadSpool.Folder, fault);
        }

        context.Response.StatusCode = status;
        context.CloseConnection();
    }

    // A tunnel is nothing that an extension could give, and a response to CONNECT has no length and no body (RFC 9110, 9.3.6).
    private static void RefuseConnect(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    }

    private void Refuse(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        if (InFlight.IsClosed)
        {
            EndConnection(context);
        }
    }

    // While the host stops: a client that keeps its connection would lose the request that it sends next.
    private static void EndConnection(HttpContext context)
    {
        if (!context.Response.HasStarted)
        {
            context.CloseConnection();
        }

        context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
    }
}
