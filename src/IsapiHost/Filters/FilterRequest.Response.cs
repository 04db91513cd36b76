using IsapiHost.Diagnostics;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Mapping;
using IsapiHost.Requests;
using IsapiHost.Threading;
using IsapiHost.Transport;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Filters;

/// <content>The head of the response, whoever gives it, and refusals.</content>
internal sealed partial class FilterRequest
{
    private static readonly Func<object, Task> _onStarting = static state => ((FilterRequest)state).OnStartingAsync();
    private static readonly Func<object, FilterOutcome> _sendResponse = static state => ((FilterRequest)state).Guarded(request => request.RaiseSendResponse());
    private static readonly Func<object, FilterOutcome> _denied = static state => ((FilterRequest)state).Guarded(request => request.RaiseAccessDenied());

    /// <summary>Why access is denied, as far as it is known (SF_DENIED_*).</summary>
    private uint DenialReason { get; set; } = SF_DENIED.APPLICATION;

    /// <summary>Raises ACCESS_DENIED before a 401 goes out.</summary>
    /// <returns>True if a filter has answered in its place.</returns>
    public async ValueTask<bool> ReplaceDenialAsync()
    {
        var saved = SavedResponseHead.Take(Context.Response);
        var outcome = ExtensionThread.IsCurrent ? RaiseAccessDenied() : await _session.CallAsync(_denied, this, isFirst: false);
        if (outcome is FilterOutcome.Continue && !IsAnswered)
        {
            saved.PutBack(Context.Response);
            return false;
        }

        if (outcome is FilterOutcome.Error or FilterOutcome.Refused && !IsAnswered)
        {
            return true;
        }

        await FinishAnswerAsync(outcome);
        return true;
    }

    /// <summary>Completes the answer of a filter, which takes the place of the handler's.</summary>
    public async ValueTask FinishAnswerAsync(FilterOutcome outcome)
    {
        switch (outcome)
        {
            case FilterOutcome.Refused:
                Context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                break;
            case FilterOutcome.Error when !IsAnswered && !Context.Response.HasStarted:
                Context.Response.StatusCode = Context.Response.StatusCode >= 400 ? Context.Response.StatusCode : StatusCodes.Status500InternalServerError;
                CloseConnection();
                break;
            case FilterOutcome.Error when !IsAnswered:
                Context.Abort();
                break;
            default:
                await FinishFilterAnswerAsync(outcome == FilterOutcome.FinishedKeepConnection);
                break;
        }
    }

    private async ValueTask FinishFilterAnswerAsync(bool keepConnection)
    {
        if (!IsAnswered)
        {
            // The filter wants nothing sent.
            Context.Abort();
            return;
        }

        try
        {
            await _answer.FinishAsync(keepConnection && !_session.WantsClose);
            Context.Features.Get<RequestLogEntry>()?.Answered(_answer.BytesSent, status: 0, "");
        }
        catch (Exception e) when (TransferError.TryGet(e, out _))
        {
            // The client has left.
        }

        if (_answer.IsBroken)
        {
            await Context.AbortAsync();
        }
    }

    /// <summary>Gives the answer that the server would give to an application that failed before it answered.</summary>
    public async ValueTask AnswerFailureAsync(Exception failure)
    {
        Context.Response.Clear();
        Context.Response.StatusCode = failure is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
        Context.Response.ContentLength = 0;
        if (failure is BadHttpRequestException)
        {
            CloseConnection();
        }

        try
        {
            await Context.Response.CompleteAsync();
        }
        catch (Exception e) when (TransferError.TryGet(e, out _))
        {
            // The client has left, or a filter wants nothing sent.
        }
    }

    private void CloseConnection() => Context.CloseConnection();

    private void WatchStart()
    {
        // Registered first, so called last: filters see the head as everybody else has left it.
        if (!_watchesStart)
        {
            _watchesStart = true;
            Context.Response.OnStarting(_onStarting, this);
        }
    }

    private async Task OnStartingAsync()
    {
        if (_context is null)
        {
            return;
        }

        CloseIfDecided();
        NameServer(Context.Response, _session.Host);
        Apply(_addedHeaders);
        if (Context.Response.StatusCode == StatusCodes.Status401Unauthorized)
        {
            Apply(_denialHeaders);
        }

        if (!Wants(SF_NOTIFY.SEND_RESPONSE))
        {
            return;
        }

        var wasAnswered = IsAnswered;
        var outcome = ExtensionThread.IsCurrent
            ? RaiseSendResponse()
            : await _session.CallAsync(_sendResponse, this, isFirst: false);
        if (IsAnswered && !wasAnswered)
        {
            await AnswerInsteadAsync(outcome);
        }

        if (outcome is not FilterOutcome.Continue)
        {
            // Nothing of this response may go out, and the connection cannot be used again.
            Context.Abort();
        }

        CloseIfDecided();
    }

    // A filter has answered in SEND_RESPONSE: its response goes out, and nothing of the one that was about to begin.
    private async ValueTask AnswerInsteadAsync(FilterOutcome outcome)
    {
        Context.Response.Clear();
        await FinishAnswerAsync(outcome);
        await Context.Response.CompleteAsync();
        throw new ClientGoneException();
    }

    // A head that goes out before a filter has said whether it wants to keep the connection says that it will be closed.
    private void CloseIfDecided()
    {
        if (_session.WantsClose || _answer.IsOpen)
        {
            CloseConnection();
        }
    }

    /// <summary>The header that the server adds to every response, added here where a filter may want to see or to remove it.</summary>
    public static void NameServer(HttpResponse response, FilterHost host)
    {
        if (host.ServerHeader is { } server && response.Headers.Server.Count == 0)
        {
            response.Headers.Server = server;
        }
    }

    private void Apply(List<byte> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        foreach (var (name, value) in ParseLines(lines).Headers)
        {
            Context.Response.Headers.Append(name, value);
        }
    }

    private unsafe FilterOutcome RaiseSendResponse()
    {
        HTTP_FILTER_PREPROC_HEADERS headers = default;
        headers.GetHeader = &FilterCallbacks.GetHeader;
        headers.SetHeader = &FilterCallbacks.SetHeader;
        headers.AddHeader = &FilterCallbacks.AddHeader;
        headers.HttpStatus = (uint)Context.Response.StatusCode;
        return _session.Notify(SF_NOTIFY.SEND_RESPONSE, &headers, out _);
    }

    private string PhysicalPath()
    {
        using var mapped = View.Urls.Map(View.Path);
        return mapped.IsRefused ? "" : mapped.Text.ToString();
    }

    private unsafe FilterOutcome RaiseAccessDenied()
    {
        using var strings = new NativeStrings(Site.AnsiEncoding);
        HTTP_FILTER_ACCESS_DENIED denied = default;
        denied.pszURL = strings.Add(RequestTarget.WithoutQuery(RequestTarget.Of(Context)));
        denied.pszPhysicalPath = strings.Add(_physicalPath ?? PhysicalPath());
        denied.dwReason = DenialReason;
        return Raise(SF_NOTIFY.ACCESS_DENIED, &denied);
    }
}
