using System.Diagnostics;
using IsapiHost.Interop;

namespace IsapiHost.Tracing;

/// <summary>The calls of one request while it runs. Safe from any thread.</summary>
internal sealed class TraceRecorder(Tracer tracer, long number, string module, string request)
{
    /// <summary>More calls than this are counted only.</summary>
    public const int MaxCalls = 10_000;

    private const int MaxViolations = 100;

    [ThreadStatic]
    private static CallRecorder? s_current;

    private readonly Lock _gate = new();
    private readonly List<CallRecorder> _calls = [];
    private readonly List<Violation> _violations = [];
    private long _lastEnd = Stopwatch.GetTimestamp();
    private int _open;
    private int _leftOut;

    /// <summary>The whole request is measured from here.</summary>
    public long Started { get; } = Stopwatch.GetTimestamp();

    public DateTimeOffset StartedAt { get; } = DateTimeOffset.UtcNow;

    public Tracer Tracer => tracer;

    /// <summary>Counts the traced requests of the host.</summary>
    public long Number => number;

    public string Module => module;

    public string Request => request;

    /// <summary>What the extension sends, in readable form.</summary>
    public SentDataFormatter Sent { get; } = new();

    /// <summary>The call that this thread is in.</summary>
    public CallRecorder? Current => s_current is { } current && current.Trace == this ? current : null;

    /// <summary>How long the extension has done nothing that the host could see; zero while the host works for it.</summary>
    public TimeSpan Silence
    {
        get
        {
            lock (_gate)
            {
                return _open > 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_lastEnd);
            }
        }
    }

    /// <summary>A call from the host into the extension begins.</summary>
    public CallRecorder Enter(string name, string arguments = "", CallRecorder? completes = null) =>
        Add(new CallRecorder(this, name, arguments, isOfHost: false, s_current, completes));

    /// <summary>A call from the extension into the host begins. Ended before the request is let go.</summary>
    public CallRecorder Begin(string name, string arguments) => Add(new CallRecorder(this, name, arguments, isOfHost: true, s_current));

    public void Ended(CallRecorder call)
    {
        s_current = call.Previous;
        if (call.IsOfHost)
        {
            lock (_gate)
            {
                _open--;
                _lastEnd = Stopwatch.GetTimestamp();
            }
        }
    }

    public bool Has(ViolationRule rule)
    {
        lock (_gate)
        {
            return _violations.Exists(violation => violation.Name == rule.Name);
        }
    }

    public void Add(ViolationRule rule, string detail = "")
    {
        var violation = new Violation(rule, module, request, Current?.ToString() ?? "", detail);
        Keep(violation);
        tracer.Found(violation);
    }

    /// <summary>A call that came after the end of the session was refused, and is a violation.</summary>
    public void AddRefused(string name, Violation violation)
    {
        var call = Begin(name, "");
        Keep(violation);
        call.End(Win32Error.INVALID_PARAMETER);
    }

    public (TracedCall[] Calls, int LeftOut, Violation[] Violations) Snapshot()
    {
        lock (_gate)
        {
            return ([.. _calls.Select(call => call.ToTraced())], _leftOut, [.. _violations]);
        }
    }

    private void Keep(Violation violation)
    {
        lock (_gate)
        {
            if (_violations.Count < MaxViolations)
            {
                _violations.Add(violation);
            }
        }
    }

    private CallRecorder Add(CallRecorder call)
    {
        lock (_gate)
        {
            if (call.IsOfHost)
            {
                _open++;
            }

            _lastEnd = Stopwatch.GetTimestamp();
            if (_calls.Count < MaxCalls)
            {
                call.Index = _calls.Count;
                _calls.Add(call);
            }
            else
            {
                _leftOut++;
            }
        }

        s_current = call;
        return call;
    }
}
