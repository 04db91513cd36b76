using IsapiHost.Diagnostics;
using IsapiHost.Tracing;
using Microsoft.Extensions.Logging.Abstractions;

namespace IsapiHost.Tests.Tracing;

public sealed class SlotHistoryTests : ITraceSink
{
    private readonly List<Violation> _violations = [];
    private readonly List<RequestTrace> _amended = [];
    private readonly Tracer _tracer;
    private SlotHistory _uses = SlotHistory.None;
    private RetiredRequest? _last;
    private uint _generation;

    public SlotHistoryTests() => _tracer = new Tracer(new IsapiOptions(), [this], new ExtensionLog(NullLogger.Instance));

    [Fact]
    public void A_call_during_the_request_stands_in_its_trace()
    {
        var trace = Use("a.dll");

        _uses.Report(1, ViolationRule.FinishedTwice, "DONE_WITH_SESSION");

        var (calls, _, violations) = trace.Snapshot();
        Assert.Equal(("DONE_WITH_SESSION", "FALSE", 87u), (calls.Single().Name, calls[0].Result, calls[0].LastError));
        Assert.Equal(violations, _violations);
        Assert.Equal(("finished-twice", "GET /1"), (violations.Single().Name, violations[0].Request));
        Assert.Empty(_amended);
    }

    [Fact]
    public void A_call_after_the_request_amends_its_trace()
    {
        Use("a.dll");
        Finish();

        _uses.Report(1, ViolationRule.UsedAfterEnd, "WriteClient");
        _uses.Report(1, ViolationRule.UsedAfterEnd, "ReadClient");

        Assert.Equal(["WriteClient", "WriteClient ReadClient"], _amended.Select(trace => string.Join(' ', trace.Calls.Skip(1).Select(call => call.Name))));
        Assert.Equal(Traces.Of().Calls[0], _amended[^1].Calls[0]);
        Assert.Equal(["WriteClient", "ReadClient"], _amended[^1].Violations.Select(violation => violation.Call));
    }

    [Fact]
    public void A_storm_of_late_calls_does_not_amend_for_ever()
    {
        Use("a.dll");
        Finish();
        for (var i = 0; i < 1_000; i++)
        {
            _uses.Report(1, ViolationRule.UsedAfterEnd, "WriteClient");
        }

        Assert.Equal((10, 1_000), (_amended.Count, _violations.Count));
    }

    [Fact]
    public void A_request_whose_slot_is_used_again_is_still_named()
    {
        Use("a.dll");
        Finish();
        _uses.Report(1, ViolationRule.UsedAfterEnd, "ReadClient");
        Use("b.dll");

        _uses.Report(1, ViolationRule.FinishedTwice, "DONE_WITH_SESSION");

        Assert.Equal(("a.dll", "GET /1"), (_violations[^1].Module, _violations[^1].Request));
        Assert.Equal(["ReadClient", "DONE_WITH_SESSION"], _amended[^1].Calls.Select(call => call.Name));
        Assert.Equal(1, _amended[^1].CallsLeftOut);
    }

    [Fact]
    public void Of_requests_long_ago_the_module_is_named()
    {
        string[] modules = ["a.dll", "a.dll", "b.dll", .. Enumerable.Repeat("c.dll", SlotHistory.MaxRequests)];
        foreach (var module in modules)
        {
            Use(module);
            Finish();
        }

        for (var generation = 1u; generation <= 4; generation++)
        {
            _uses.Report(generation, ViolationRule.UsedAfterEnd, "WriteClient");
        }

        Assert.Equal(["a.dll", "a.dll", "b.dll", "c.dll GET /4"], _violations.Select(violation => $"{violation.Module} {violation.Request}".Trim()));
        Assert.Single(_amended);
        Assert.Equal(
            "used-after-end: A callback was called with the ConnID of a request that was over. (the request is too long ago to be named), in WriteClient",
            _violations[0].ToString());
    }

    [Fact]
    public void What_nobody_had_is_nobodys_fault()
    {
        Use("a.dll");

        _uses.Report(0, ViolationRule.UsedAfterEnd, "WriteClient");
        _uses.Report(2, ViolationRule.UsedAfterEnd, "WriteClient");

        Assert.Empty(_violations);
    }

    void ITraceSink.Finished(RequestTrace trace)
    {
        // The tracer is not asked to finish here.
    }

    void ITraceSink.Amended(RequestTrace trace) => _amended.Add(trace);

    void ITraceSink.Found(Violation violation) => _violations.Add(violation);

    private TraceRecorder Use(string module)
    {
        _generation++;
        var trace = new TraceRecorder(_tracer, _generation, module, $"GET /{_generation}");
        _last = new RetiredRequest(trace, _generation);
        _uses = _uses.With(_last);
        return trace;
    }

    private void Finish() => _last!.Finish(() => Traces.Of());
}
