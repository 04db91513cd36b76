using System.Collections.Concurrent;
using IsapiHost.Diagnostics;
using IsapiHost.Modules;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Tracing;

/// <summary>Traces the requests of one host and looks for violations, when somebody wants to know. Safe from any thread.</summary>
internal sealed class Tracer
{
    private readonly ITraceSink[] _sinks;
    private readonly ExtensionLog _log;
    private readonly ConcurrentDictionary<(string Module, string Name), bool> _logged = new();
    private readonly ConcurrentDictionary<string, bool> _terminated = new();
    private readonly ResourceGrowth? _growth;
    private long _count;

    public Tracer(IsapiOptions options, IEnumerable<ITraceSink> sinks, ExtensionLog log)
    {
        _log = log;
        _sinks = [.. sinks, .. TraceFolder.From(options, log) is { } folder ? [folder] : Array.Empty<ITraceSink>()];
        IsOn = _sinks.Length > 0 || options.Violations.Detect;
        _growth = IsOn && options.Violations.GrowthRequests > 0 ? new ResourceGrowth(options.Violations.GrowthRequests, ProcessResources.Now) : null;
        BlockedLimit = options.Violations.BlockedTime;
        PendingLimit = options.Violations.PendingTime > TimeSpan.Zero ? options.Violations.PendingTime : TimeSpan.MaxValue;
        Weak = new WeakReference<Tracer>(this);
    }

    public bool IsOn { get; }

    /// <summary>For those who outlive the host.</summary>
    public WeakReference<Tracer> Weak { get; }

    /// <summary>How long HttpExtensionProc may do nothing before its thread counts as blocked.</summary>
    public TimeSpan BlockedLimit { get; }

    /// <summary>How long a pending request may be left alone.</summary>
    public TimeSpan PendingLimit { get; }

    /// <summary>The trace of a request that begins, or null when nobody wants it.</summary>
    public TraceRecorder? Begin(ExtensionModule module, HttpRequest request)
    {
        if (!IsOn)
        {
            return null;
        }

        _growth?.Begin(module.Path);
        return new TraceRecorder(this, Interlocked.Increment(ref _count), module.Path, $"{request.Method} {request.Path}");
    }

    /// <summary>The host ended its use of a module.</summary>
    public void Terminated(string module) => _terminated[module] = true;

    public bool IsTerminated(string module) => _terminated.ContainsKey(module);

    /// <summary>The request is over and its response complete.</summary>
    /// <param name="trace">What was recorded of the request.</param>
    /// <param name="use">The request's use of its slot, which late calls are added to; null when the slot is not watched.</param>
    /// <param name="complete">Makes the finished trace; called once, after the last violation was added.</param>
    public void Finish(TraceRecorder trace, RetiredRequest? use, Func<RequestTrace> complete)
    {
        if (_growth?.End(trace.Module) is { } growth)
        {
            trace.Add(ViolationRule.ResourceGrowth, growth);
        }

        var finished = use is null ? complete() : use.Finish(complete);
        Tell(sink => sink.Finished(finished));
    }

    /// <summary>A call came for a request that was over; this is the trace with it.</summary>
    public void Amend(RequestTrace trace) => Tell(sink => sink.Amended(trace));

    /// <summary>What a call that came too late has broken.</summary>
    public Violation LateViolation(ViolationRule rule, string module, string request, string call, string detail)
    {
        var broken = IsTerminated(module) ? ViolationRule.CallAfterTermination : rule;
        return new Violation(broken, module, request, call, detail);
    }

    public void Found(Violation violation)
    {
        if (_logged.TryAdd((violation.Module, violation.Name), true))
        {
            _log.Violated(violation.Module, violation.ToString());
        }

        Tell(sink => sink.Found(violation));
    }

    // A sink is anybody's code, and native frames may be below.
    private void Tell(Action<ITraceSink> tell)
    {
        foreach (var sink in _sinks)
        {
            try
            {
                tell(sink);
            }
            catch (Exception e)
            {
                _log.TraceSinkFailed(e, sink.GetType().Name);
            }
        }
    }
}
