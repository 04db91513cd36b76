using IsapiHost.Extensions.Children;
using IsapiHost.Extensions.InProcess;
using IsapiHost.Extensions.Uploads;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Mapping;
using IsapiHost.Modules;
using IsapiHost.Requests;
using IsapiHost.Responses;
using IsapiHost.Tracing;
using IsapiHost.Transport;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Extensions;

/// <summary>One request through one extension: what its callbacks work on. Pooled; see <see cref="ExtensionRequestTable"/>.</summary>
/// <remarks>
/// Initialize → the body is read ahead → <see cref="Open"/> → <see cref="IExtensionSide.TryStart"/> → callbacks, from any thread → the last
/// reference is given back → <see cref="RequestLifetime.Completion"/> → the response is completed → <see cref="RequestLifetime.Recycle"/>.
/// Operations answer with a Win32 error code, 0 for success, and know nothing of where a callback came from.
/// </remarks>
internal sealed partial class ExtensionRequest
{
    private readonly int _index;
    private readonly InProcessExtension _inProcess;
    private readonly LogTexts _logTexts = new();
    private ExtensionHost? _host;
    private ExtensionModule? _module;
    private RequestWatch _watch;

    public ExtensionRequest(int index)
    {
        _index = index;
        Lifetime = new RequestLifetime(Recycled);
        Operation = new AsyncOperation(this);
        Response = new ResponseWriter(() => FallbackStatus);
        Side = _inProcess = new InProcessExtension(this);
    }

    public RequestLifetime Lifetime { get; }

    public AsyncOperation Operation { get; }

    public RequestObserver Observer { get; } = new();

    public RequestView View { get; } = new();

    public ResponseWriter Response { get; }

    public RequestBody Body { get; } = new();

    /// <summary>Where the extension is.</summary>
    public IExtensionSide Side { get; private set; }

    /// <summary>Valid from <see cref="Initialize"/> until the request is recycled.</summary>
    public ExtensionHost Host => _host!;

    public HttpContext Context => View.Context;

    public ExtensionModule Module => _module!;

    /// <summary>A URL on this server whose content is the response (HSE_REQ_SEND_URL), or null.</summary>
    public LocalUrl? SendUrl { get; set; }

    /// <summary>The status of that response, when it is an error page.</summary>
    public int? SendUrlStatus { get; set; }

    /// <summary>What HSE_APPEND_LOG_PARAMETER and lpszLogData said, without control characters.</summary>
    public string LogText => _logTexts.With(Side.LogData);

    /// <summary>The status that the extension left in its control block if that is one, else 200; used when no head says otherwise.</summary>
    public int FallbackStatus => Side.Status is >= 200 and <= 599 and var status ? (int)status : StatusCodes.Status200OK;

    /// <summary>Whether the client is still there, looked up now.</summary>
    public bool IsConnected =>
        !Response.IsClosed && !Context.RequestAborted.IsCancellationRequested && Context.Features.Get<SocketConnection>()?.IsGone() is not true;

    /// <summary>Whether the client may use the connection again after this response, as far as can be told now.</summary>
    public bool KeepsConnection
    {
        get
        {
            var connection = Context.Request.Headers.Connection.ToString();
            var asked = Context.Request.Protocol == "HTTP/1.0"
                ? connection.Contains("keep-alive", StringComparison.OrdinalIgnoreCase)
                : !connection.Contains("close", StringComparison.OrdinalIgnoreCase);
            return asked && !Response.CloseWanted && !Context.RequestAborted.IsCancellationRequested;
        }
    }

    /// <summary>Takes up a request. The caller finishes with <see cref="RequestLifetime.Recycle"/>, whatever happens in between.</summary>
    /// <param name="host">What the requests of the application share.</param>
    /// <param name="module">The extension.</param>
    /// <param name="context">The request.</param>
    /// <param name="match">How it was mapped to the extension.</param>
    /// <param name="side">Where the extension is; null for the memory of this process.</param>
    public void Initialize(ExtensionHost host, ExtensionModule module, HttpContext context, in HandlerMatch match, IExtensionSide? side = null)
    {
        _host = host;
        _module = module;
        Side = side ?? _inProcess;
        Lifetime.Initialize();
        Operation.Reset();
        SendUrl = null;
        SendUrlStatus = null;
        Child = null;
        _watch = default;
        View.Initialize(context, host.Site);
        View.SetMapping(RequestPath.Of(context, View.Site.UrlDecoder), match);
        Observer.Initialize(host.Tracer.Begin(module, context.Request));
        Response.Initialize(context, host.ResponseSettings);
        Body.Initialize(context);
    }

    /// <summary>Lets callbacks in: from now on native code may use the request, so it is recycled only when that needs it no longer.</summary>
    public void Open()
    {
        var generation = Lifetime.Open();
        View.ContentLength = Body.Length;
        Side.Open(new ConnectionId(_index, generation).Value, watched: Observer.Trace is not null);
        Observer.Open(generation);
    }

    /// <summary>HttpExtensionProc is called next, on this thread.</summary>
    public void Entered()
    {
        if (Host.RequestTimeWarning is not null)
        {
            _watch.Start();
        }

        Observer.Entering();
    }

    /// <summary>HttpExtensionProc has returned.</summary>
    /// <param name="status">What it returned.</param>
    /// <param name="inline">Whether the host's work on the request may go on on this thread; it may call native code.</param>
    public void Returned(uint status, bool inline)
    {
        Observer.Returned(status);
        if (status == HSE_STATUS.PENDING)
        {
            SendWhatIsGathered();
            Lifetime.ReturnedPending(inline);
            return;
        }

        // 0 occurs and means success; anything unknown is taken as an error.
        var succeeded = status is HSE_STATUS.SUCCESS or HSE_STATUS.SUCCESS_AND_KEEP_CONN or 0;
        Lifetime.Returned(succeeded ? CallOutcome.Success : CallOutcome.Error, inline);
    }

    /// <summary>The thread, or the process, that ran HttpExtensionProc is no more.</summary>
    public void Lost() => Lifetime.Returned(CallOutcome.ThreadLost, inline: false);

    /// <summary>The completion function has returned, or its thread is no more: the operation needs the request no longer.</summary>
    public void CompletionReturned(bool inline) => Lifetime.Release(inline);

    /// <summary>The host stops and does not wait for native code any longer.</summary>
    public void Abandon()
    {
        if (Lifetime.IsPending)
        {
            Observer.FoundOnce(ViolationRule.SessionNeverFinished, "still pending at shutdown");
        }

        Lifetime.Abandon();
    }

    /// <summary>The host's own code failed in something that the extension asked for.</summary>
    public Win32Error Failed(Exception exception, string callback)
    {
        Host.Log.CallbackFailed(exception, callback, Module.Path);
        return Win32Error.INVALID_FUNCTION;
    }

    private void Recycled()
    {
        Observer.Close();
        Side.Close();
        _logTexts.Clear();
        Response.Reset();
        Body.Reset();
        View.Reset();
        _module = null;
        _host = null;
        ExtensionRequestTable.Return(this);
    }
}
