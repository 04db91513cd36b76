using IsapiHost.Tracing;

namespace IsapiHost.Testing;

/// <summary>Keeps what a test may ask for: the last traces and the first violations.</summary>
internal sealed class RecentTraces : ITraceSink
{
    private const int MaxTraces = 1_000;
    private const int MaxViolations = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<RequestTrace> _traces = new();
    private readonly List<Violation> _violations = [];
    private int _violationCount;

    public IReadOnlyList<RequestTrace> Traces
    {
        get
        {
            lock (_gate)
            {
                return [.. _traces];
            }
        }
    }

    public IReadOnlyList<Violation> Violations
    {
        get
        {
            lock (_gate)
            {
                return [.. _violations];
            }
        }
    }

    /// <summary>How many there were, those that are not kept included.</summary>
    public int ViolationCount => Volatile.Read(ref _violationCount);

    public void Finished(RequestTrace trace)
    {
        lock (_gate)
        {
            _traces.Enqueue(trace);
            if (_traces.Count > MaxTraces)
            {
                _traces.Dequeue();
            }
        }
    }

    public void Amended(RequestTrace trace)
    {
        lock (_gate)
        {
            // Each of them once round the queue.
            for (int i = _traces.Count; i > 0; i--)
            {
                RequestTrace kept = _traces.Dequeue();
                _traces.Enqueue(kept.Number == trace.Number ? trace : kept);
            }
        }
    }

    public void Found(Violation violation)
    {
        lock (_gate)
        {
            _violationCount++;
            if (_violations.Count < MaxViolations)
            {
                _violations.Add(violation);
            }
        }
    }
}
