using IsapiHost.Diagnostics.Tracing;

namespace IsapiHost.Diagnostics.Violations;

/// <summary>Who used a request slot last, for calls that come too late. Does not keep the host in memory.</summary>
internal sealed class LastUse(CallTrace trace)
{
    private readonly WeakReference<Tracer> _tracer = trace.Tracer.Weak;
    private readonly string _module = trace.Module;
    private readonly string _request = trace.Request;

    public void Report(ViolationRule rule, string call)
    {
        if (_tracer.TryGetTarget(out var tracer))
        {
            rule = tracer.IsTerminated(_module) ? ViolationRule.CallAfterTermination : rule;
            tracer.Found(new Violation(rule.Name, rule.Sentence, _module, _request, call, ""));
        }
    }
}
