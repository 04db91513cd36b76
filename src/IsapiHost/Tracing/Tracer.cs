using System.Collections.Concurrent;
using System.Diagnostics;
using IsapiHost.Diagnostics;
using IsapiHost.Extensions;
using Microsoft.AspNetCore.Http.Features;

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
        IsOn = _sinks.Length > 0 || options.DetectViolations;
        _growth = IsOn && options.ViolationGrowthRequests > 0 ? new ResourceGrowth(options.ViolationGrowthRequests, ProcessResources.Now) : null;
        BlockedLimit = options.ViolationBlockedTime;
        PendingLimit = options.ViolationPendingTime > TimeSpan.Zero ? options.ViolationPendingTime : TimeSpan.MaxValue;
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
    public TraceRecorder? Begin(ExtensionRequest request)
    {
        if (!IsOn)
        {
            return null;
        }

        _growth?.Begin(request.Module.Path);
        return new TraceRecorder(this, Interlocked.Increment(ref _count), request.Module.Path, $"{request.Context.Request.Method} {request.Context.Request.Path}");
    }

    /// <summary>The host ended its use of a module.</summary>
    public void Terminated(string module) => _terminated[module] = true;

    public bool IsTerminated(string module) => _terminated.ContainsKey(module);

    /// <summary>The request is over and its answer complete.</summary>
    public void Finish(ExtensionRequest request)
    {
        if (request.Trace is not { } trace)
        {
            return;
        }

        EndOfRequest.Check(request, trace);
        if (_growth?.End(trace.Module) is { } growth)
        {
            trace.Add(ViolationRule.ResourceGrowth, growth);
        }

        var finished = request.Use is { } use ? use.Finish(() => Complete(request, trace)) : Complete(request, trace);
        Tell(sink => sink.Finished(finished));
    }

    /// <summary>A call came for a request that was over; this is the trace with it.</summary>
    public void Amend(RequestTrace trace) => Tell(sink => sink.Amended(trace));

    /// <summary>What a call that came too late has broken.</summary>
    public Violation LateViolation(ViolationRule rule, string module, string request, string call, string detail)
    {
        var broken = IsTerminated(module) ? ViolationRule.CallAfterTermination : rule;
        return new Violation(broken.Name, broken.Sentence, module, request, call, detail);
    }

    public void Found(Violation violation)
    {
        if (_logged.TryAdd((violation.Module, violation.Name), true))
        {
            _log.Violated(violation.Module, violation.ToString());
        }

        Tell(sink => sink.Found(violation));
    }

    private static RequestTrace Complete(ExtensionRequest request, TraceRecorder trace)
    {
        var (calls, leftOut, violations) = trace.Snapshot();
        var context = request.Context;
        return new RequestTrace
        {
            Number = trace.Number,
            Started = trace.StartedAt,
            Method = context.Request.Method,
            Url = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "",
            Path = context.Request.Path.Value ?? "",
            Module = trace.Module,
            Status = context.Response.StatusCode,
            Bytes = request.Response.BytesSent,
            Framing = request.Response.Framing.ToString(),
            Outcome = request.Outcome.ToString(),
            Milliseconds = Math.Round(Stopwatch.GetElapsedTime(trace.Started).TotalMilliseconds, 3),
            Calls = calls,
            CallsLeftOut = leftOut,
            Violations = violations,
        };
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
