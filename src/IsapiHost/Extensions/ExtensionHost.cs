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
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IsapiHost.Extensions;

/// <summary>What the requests of one application share, and the way of a request through an extension.</summary>
internal sealed class ExtensionHost : IDisposable
{
    private static readonly TimeSpan _leaveLimit = TimeSpan.FromSeconds(5);

    private readonly UploadSettings _uploads;
    private readonly RequestLog _requests;
    private readonly IsapiMetrics _metrics;
    private readonly InternalRedirect _redirect;
    private readonly RequestHeartbeat _heartbeat;

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
        _heartbeat = new RequestHeartbeat(this);
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
            Refusals.Connect(context);
            return Task.CompletedTask;
        }

        if (!TryEnter(context))
        {
            Refusals.Unavailable(context, InFlight.IsClosed);
            return Task.CompletedTask;
        }

        var started = Stopwatch.GetTimestamp();
        _metrics.RequestStarted();
        _heartbeat.Begin();
        if (ExtensionRequestTable.Rent() is not { } request)
        {
            Log.NoConnectionId(ConnectionId.MaxSlots);
            Refusals.Unavailable(context, InFlight.IsClosed);
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
                Refusals.Body(request, status);
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
            request.Lifetime.Recycle();
            Exit(started);
        }
    }

    private async ValueTask CallAsync(ExtensionRequest request)
    {
        request.Open();
        if (request.Side.TryStart())
        {
            await AnswerAsync(request, await request.Lifetime.Completion);
        }
        else
        {
            request.Lifetime.Returned(CallOutcome.Success, inline: false);
            Log.QueueFull(Threads.ThreadLimit, Threads.QueueLimit);
            Refusals.Unavailable(request.Context, InFlight.IsClosed);
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
        _heartbeat.Dispose();
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
                await LeaveAsync(request);
                return;
            case CallOutcome.ThreadLost:
                Log.ThreadLost(request.Module.Path);
                break;
            default:
                break;
        }

        if (InFlight.IsClosed)
        {
            Refusals.EndConnection(request.Context);
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

    // Native code may be inside ReadClient or WriteClient: the server takes the connection's memory back only when it is not any more. A read is
    // ended first, since an aborted request gives back nothing that it has lent.
    private static async ValueTask LeaveAsync(ExtensionRequest request)
    {
        try
        {
            await request.Body.LeaveAsync().AsTask().WaitAsync(_leaveLimit);
            await request.Response.LeaveAsync().AsTask().WaitAsync(_leaveLimit);
        }
        catch (TimeoutException)
        {
            // Something else than the client holds it, such as a file system that does not answer.
        }

        request.Context.Abort();
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
}
