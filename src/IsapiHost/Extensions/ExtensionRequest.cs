using System.Diagnostics;
using IsapiHost.Extensions.Uploads;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Mapping;
using IsapiHost.Modules;
using IsapiHost.Requests;
using IsapiHost.Responses;
using IsapiHost.Threading;
using IsapiHost.Tracing;
using IsapiHost.Transport;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Extensions;

/// <summary>One request through one extension: what the native doors work on. Pooled; see <see cref="ExtensionRequestTable"/>.</summary>
/// <remarks>
/// The way: Initialize → PreloadAsync → queued → <see cref="Run"/> on an extension thread → doors, from any thread →
/// the last share is released → <see cref="Completion"/> → the answer is finished → Recycle.
/// </remarks>
internal sealed unsafe partial class ExtensionRequest : ExtensionWork
{
    private const int MaxLogTexts = 16;

    [ThreadStatic]
    private static ExtensionRequest? s_running;

    private readonly int _index;
    private readonly ControlBlock _block = new();
    private readonly List<string> _logText = [];
    private RequestReferences _shares = RequestReferences.Closed;
    private readonly InlineCompletionSource<CallOutcome> _completion = new();
    private ExtensionHost _host = null!;
    private ExtensionModule _module = null!;
    private CallOutcome _outcome;
    private int _users;

    public ExtensionRequest(int index)
    {
        _index = index;
        _completionWork = new CompletionWork(this);
        Response = new ResponseWriter(() => FallbackStatus);
    }

    /// <summary>The request whose HttpExtensionProc runs on this thread.</summary>
    public static ExtensionRequest? Running => s_running;

    public RequestView View { get; } = new();

    public ResponseWriter Response { get; }

    public RequestBody Body { get; } = new();

    public ExtensionHost Host => _host;

    public HttpContext Context => View.Context;

    public ExtensionModule Module => _module;

    /// <summary>A URL on this server whose content is the answer (HSE_REQ_SEND_URL), or null.</summary>
    public LocalUrl? SendUrl { get; set; }

    /// <summary>The status that its answer gets, when it is an error page.</summary>
    public int? SendUrlStatus { get; set; }

    /// <summary>What HSE_APPEND_LOG_PARAMETER and lpszLogData said, without control characters.</summary>
    public string LogText
    {
        get
        {
            var logData = _block.LogData;
            var all = _logText.Count == 0 ? logData : string.Join(' ', _logText.Append(logData)).TrimEnd();
            return all.Length == 0 ? "" : string.Concat(" ", string.Concat(all.Where(c => !char.IsControl(c))));
        }
    }

    /// <summary>The status that the extension left in its control block if that is one, else 200; used when no head says otherwise.</summary>
    public int FallbackStatus => _block.Status is >= 200 and <= 599 and var status ? (int)status : StatusCodes.Status200OK;

    /// <summary>Whether the client is still there, looked up now.</summary>
    public bool IsConnected =>
        !Response.IsClosed && !Context.RequestAborted.IsCancellationRequested && Context.Features.Get<SocketConnection>()?.IsGone() is not true;

    /// <summary>Whether the client may use the connection again after this answer, as far as can be told now.</summary>
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

    /// <summary>Takes up a request. The caller finishes with <see cref="Recycle"/>, whatever happens in between.</summary>
    public void Initialize(ExtensionHost host, ExtensionModule module, HttpContext context, in HandlerMatch match)
    {
        _host = host;
        _module = module;
        _outcome = CallOutcome.Success;
        _users = 1;
        _completion.Reset();
        SendUrl = null;
        _enteredAt = 0;
        SendUrlStatus = null;
        Child = null;
        _ioCompletion = null;
        _outstanding = 0;
        View.Initialize(context, host.Site);
        View.SetMapping(RequestPath.Of(context, View.Site.UrlDecoder), match);
        Trace = host.Tracer.Begin(module, context.Request);
        Use = null;
        Response.Initialize(context, host.ResponseSettings);
        Body.Initialize(context);
    }

    /// <summary>Completes when native code needs the request no longer.</summary>
    public ValueTask<CallOutcome> Completion => _completion.Task;

    /// <summary>Opens the doors; from now on native code may use the request, so it is recycled only when that has let go as well.</summary>
    public void Open()
    {
        var generation = _shares.Begin();
        Interlocked.Increment(ref _users);
        View.ContentLength = Body.Length;
        _block.Fill(new ConnectionId(_index, generation).Value, _host.InterfaceVersion, View, Body);
        if (Trace is { } trace)
        {
            Remember(trace, generation);
        }
    }

    /// <summary>Calls HttpExtensionProc.</summary>
    public override void Run()
    {
        if (_host.RequestTimeWarning is not null)
        {
            _enteredAt = Stopwatch.GetTimestamp();
        }

        var traced = Trace?.Enter("HttpExtensionProc");
        Volatile.Write(ref _proc, traced);
        s_running = this;
        var call = NativeCall.Begin(_host.GivesThreadToken);
        var status = _module.Invoke(_block.Pointer);
        call.End();
        s_running = null;
        Volatile.Write(ref _proc, null);
        traced?.End(CallFormatter.Status(status));

        if (status == HSE_STATUS.PENDING)
        {
            SendWhatIsGathered();
            if (_shares.ReturnPending())
            {
                LetGo(inline: true);
            }

            return;
        }

        // 0 occurs and means success; anything unknown is taken as an error.
        if (status is not (HSE_STATUS.SUCCESS or HSE_STATUS.SUCCESS_AND_KEEP_CONN or 0))
        {
            _outcome = CallOutcome.Error;
        }

        if (_shares.ReturnFinal())
        {
            LetGo(inline: true);
        }
    }

    public override void ThreadLost()
    {
        _outcome = CallOutcome.ThreadLost;
        if (_shares.ReturnFinal())
        {
            LetGo(inline: false);
        }
    }

    public bool IsControlBlock(nint value) => (nint)_block.Pointer == value;

    public bool TryEnter() => _shares.TryEnter(_shares.Generation);

    public bool TryEnter(uint generation) => _shares.TryEnter(generation);

    /// <summary>The end of a native door.</summary>
    public void Leave()
    {
        if (_shares.Release())
        {
            LetGo(inline: false);
        }
    }

    /// <summary>HSE_REQ_DONE_WITH_SESSION.</summary>
    public Win32Error EndSession(uint status)
    {
        if (!_shares.TryEndSession())
        {
            return Win32Error.INVALID_PARAMETER;
        }

        if (status == HSE_STATUS.ERROR)
        {
            _outcome = CallOutcome.Error;
        }

        return Win32Error.SUCCESS;
    }

    /// <summary>The host stops and does not wait for native code any longer. It keeps its share, and the object with it.</summary>
    public void Abandon()
    {
        if (_shares.IsPending && Trace is { } trace && !trace.Has(ViolationRule.SessionNeverFinished))
        {
            trace.Add(ViolationRule.SessionNeverFinished, "still pending at shutdown");
        }

        _outcome = CallOutcome.Abandoned;
        _shares.Close();
        _completion.TrySetResult(CallOutcome.Abandoned, inline: false);
    }

    /// <summary>The call was never made.</summary>
    public void Cancel()
    {
        if (_shares.ReturnFinal())
        {
            LetGo(inline: false);
        }
    }

    public void AppendLogText(string text)
    {
        lock (_logText)
        {
            // What goes into a log line is bounded whatever the extension does.
            if (_logText.Count < MaxLogTexts)
            {
                _logText.Add(text);
            }
        }
    }

    /// <summary>The managed side is finished with the request.</summary>
    public void Recycle() => Release();

    public Win32Error Failed(Exception exception, string door)
    {
        _host.Log.DoorFailed(exception, door, _module.Path);
        return Win32Error.INVALID_FUNCTION;
    }

    // Native code needs the request no longer. On an extension thread that is out of it, what follows runs right here and saves a hand-over;
    // the thread of an extension that called DONE_WITH_SESSION goes back to its owner at once.
    private void LetGo(bool inline)
    {
        _completion.TrySetResult(_outcome, inline);
        Release();
    }

    private void Release()
    {
        if (Interlocked.Decrement(ref _users) > 0)
        {
            return;
        }

        Trace = null;
        _block.Reset();
        _logText.Clear();
        Response.Reset();
        Body.Reset();
        View.Reset();
        _module = null!;
        _host = null!;
        ExtensionRequestTable.Return(this);
    }
}
