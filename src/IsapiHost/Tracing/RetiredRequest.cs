using System.Diagnostics;
using IsapiHost.Interop;

namespace IsapiHost.Tracing;

/// <summary>The use of a request slot by one request, for calls that come too late. Does not keep the host in memory. Thread-safe.</summary>
internal sealed class RetiredRequest(TraceRecorder trace, uint generation)
{
    // Each of them writes the trace again.
    private const int MaxLateCalls = 10;

    private readonly Lock _gate = new();
    private readonly Lock _telling = new();
    private readonly long _started = trace.Started;
    private readonly string _request = trace.Request;
    private TraceRecorder? _open = trace;
    private RequestTrace? _finished;
    private int _lateCalls;

    public uint Generation => generation;

    public string Module { get; } = trace.Module;

    public WeakReference<Tracer> Tracer { get; } = trace.Tracer.Weak;

    /// <summary>The request is over: what comes later is added to the trace that is made here.</summary>
    public RequestTrace Finish(Func<RequestTrace> make)
    {
        lock (_gate)
        {
            _open = null;
            return _finished = make();
        }
    }

    /// <summary>The slot has another request: the calls of this one, which may be many, are not kept any longer, but for the late ones.</summary>
    public void ForgetCalls()
    {
        lock (_gate)
        {
            if (_finished is { } finished)
            {
                var forgotten = finished.Calls.Count - _lateCalls;
                _finished = finished with { Calls = [.. finished.Calls.Skip(forgotten)], CallsLeftOut = finished.CallsLeftOut + forgotten };
            }
        }
    }

    public void Report(ViolationRule rule, string call)
    {
        if (!Tracer.TryGetTarget(out var tracer))
        {
            return;
        }

        var violation = tracer.LateViolation(rule, Module, _request, call, "");
        bool isAfterTrace;
        lock (_gate)
        {
            _open?.AddRefused(call, violation);
            isAfterTrace = _finished is not null && _lateCalls < MaxLateCalls;
            if (isAfterTrace)
            {
                _lateCalls++;
                var at = Math.Round(Stopwatch.GetElapsedTime(_started).TotalMilliseconds, 3);
                var late = new TracedCall(call, "", "FALSE", (uint)Win32Error.INVALID_PARAMETER, NativeThreadId.Current, at, 0);
                _finished = _finished! with { Calls = [.. _finished.Calls, late], Violations = [.. _finished.Violations, violation] };
            }
        }

        tracer.Found(violation);
        if (isAfterTrace)
        {
            // In turns, so that the last one tells all.
            lock (_telling)
            {
                tracer.Amend(_finished!);
            }
        }
    }
}
