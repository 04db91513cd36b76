using IsapiHost.Tracing;
using IsapiHost.Transport;

namespace IsapiHost.Extensions;

/// <content>What somebody who traces the request, or looks for violations, needs of it.</content>
internal sealed unsafe partial class ExtensionRequest
{
    // The running HttpExtensionProc, until it is found to be blocked.
    private CallRecorder? _proc;
    private CallRecorder? _starter;
    private BufferWatch? _buffers;

    /// <summary>The calls so far; null while nobody wants them, which is all that tracing costs then.</summary>
    public TraceRecorder? Trace { get; private set; }

    /// <summary>For calls that come when the request is over; null until its doors open, and when nobody wants to know.</summary>
    public RetiredRequest? Use { get; private set; }

    /// <summary>This use of the slot and the ones before.</summary>
    public SlotHistory Uses { get; private set; } = SlotHistory.None;

    public CallOutcome Outcome => _outcome;

    public bool IsControlBlockChanged => _block.IsChanged;

    private void Remember(TraceRecorder trace, uint generation)
    {
        _block.Remember();
        Use = new RetiredRequest(trace, generation);
        Uses = Uses.With(Use);
    }

    /// <summary>An asynchronous operation has borrowed this memory.</summary>
    public void WatchBuffers(ReadOnlySpan<TransferPart> parts) => _buffers = Trace is null ? null : BufferWatch.Begin(parts);

    private void ReportIfBuffersChanged()
    {
        if (_buffers?.FindChange() is { } change)
        {
            Trace?.Add(ViolationRule.BufferChanged, $"{_starter?.Name}, {change}");
        }

        _buffers = null;
    }

    private void ReportIfForgotten()
    {
        if (Trace is { } trace && _shares.IsPending && Volatile.Read(ref _outstanding) == 0 && trace.Silence > trace.Tracer.PendingLimit
            && !trace.Has(ViolationRule.SessionNeverFinished))
        {
            trace.Add(ViolationRule.SessionNeverFinished, $"left alone for more than {trace.Tracer.PendingLimit.TotalSeconds:0.#} s");
        }
    }

    private void ReportIfBlocked()
    {
        if (Trace is { } trace && Volatile.Read(ref _proc) is { } proc && trace.Silence > trace.Tracer.BlockedLimit
            && Interlocked.CompareExchange(ref _proc, null, proc) == proc)
        {
            trace.Add(ViolationRule.ExtensionThreadBlocked, $"more than {trace.Tracer.BlockedLimit.TotalSeconds:0.#} s");
        }
    }
}
