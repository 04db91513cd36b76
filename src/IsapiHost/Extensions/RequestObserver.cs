using IsapiHost.Tracing;
using IsapiHost.Transport;

namespace IsapiHost.Extensions;

/// <summary>
/// What somebody who traces a request, or looks for violations, wants to know of it. While nobody does, there is no trace and every method does
/// nothing, so that the request need not ask. Safe from any thread.
/// </summary>
internal sealed class RequestObserver
{
    // The running HttpExtensionProc, until it is found to be blocked.
    private CallRecorder? _proc;
    private CallRecorder? _call;
    private CallRecorder? _starter;
    private BufferWatch? _buffers;

    /// <summary>The calls so far; null while nobody wants them.</summary>
    public TraceRecorder? Trace { get; private set; }

    /// <summary>For calls that come when the request is over; null until callbacks are let in, and when nobody wants to know.</summary>
    public RetiredRequest? Use { get; private set; }

    /// <summary>This use of the slot and the ones before.</summary>
    public SlotHistory Uses { get; private set; } = SlotHistory.None;

    /// <summary>A request begins.</summary>
    public void Initialize(TraceRecorder? trace)
    {
        Trace = trace;
        Use = null;
    }

    /// <summary>Callbacks are let in.</summary>
    public void Open(uint generation)
    {
        if (Trace is { } trace)
        {
            Use = new RetiredRequest(trace, generation);
            Uses = Uses.With(Use);
        }
    }

    /// <summary>The request is over.</summary>
    public void Close() => Trace = null;

    /// <summary>The extension did what a correct one does not.</summary>
    public void Found(ViolationRule rule, string detail = "") => Trace?.Add(rule, detail);

    /// <summary>The same, unless it was found before.</summary>
    public void FoundOnce(ViolationRule rule, string detail)
    {
        if (Trace is { } trace && !trace.Has(rule))
        {
            trace.Add(rule, detail);
        }
    }

    /// <summary>HttpExtensionProc is called next, on this thread.</summary>
    public void Entering()
    {
        _call = Trace?.Enter("HttpExtensionProc");
        Volatile.Write(ref _proc, _call);
    }

    /// <summary>HttpExtensionProc has returned.</summary>
    public void Returned(uint status)
    {
        Volatile.Write(ref _proc, null);
        _call?.End(CallFormatter.Status(status));
    }

    /// <summary>An asynchronous operation begins in the call that this thread is in.</summary>
    public void OperationBegins()
    {
        _starter = Trace?.Current;
        _buffers = null;
    }

    /// <summary>It has borrowed this memory.</summary>
    public void Watch(ReadOnlySpan<TransferPart> parts) => _buffers = Trace is null ? null : BufferWatch.Begin(parts);

    /// <summary>It has ended, and its completion function is called next.</summary>
    /// <param name="result">What that is told.</param>
    /// <param name="isTold">False where there is no function to call.</param>
    /// <returns>The call, to be ended when it has returned.</returns>
    public CallRecorder? Completing(TransferResult result, bool isTold)
    {
        if (Trace is not { } trace)
        {
            return null;
        }

        if (_buffers?.FindChange() is { } change)
        {
            trace.Add(ViolationRule.BufferChanged, $"{_starter?.Name}, {change}");
        }

        _buffers = null;
        return isTold
            ? trace.Enter("completion", $"of {_starter?.Name}, {result.Bytes} bytes, error {(uint)result.Error}", _starter)
            : null;
    }

    /// <summary>Looks for a request that takes too long.</summary>
    /// <param name="isForgotten">Whether it is pending and nothing is under way for it.</param>
    public void OnHeartbeat(bool isForgotten)
    {
        if (Trace is not { } trace)
        {
            return;
        }

        var silence = trace.Silence;
        if (Volatile.Read(ref _proc) is { } proc && silence > trace.Tracer.BlockedLimit && Interlocked.CompareExchange(ref _proc, null, proc) == proc)
        {
            trace.Add(ViolationRule.ExtensionThreadBlocked, $"more than {trace.Tracer.BlockedLimit.TotalSeconds:0.#} s");
        }

        if (isForgotten && silence > trace.Tracer.PendingLimit)
        {
            FoundOnce(ViolationRule.SessionNeverFinished, $"left alone for more than {trace.Tracer.PendingLimit.TotalSeconds:0.#} s");
        }
    }
}
