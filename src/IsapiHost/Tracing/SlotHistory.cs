namespace IsapiHost.Tracing;

/// <summary>
/// Which requests a slot has served: a connection id that comes too late is attributed to the request that had it, as long as that is
/// remembered, then to the module alone, and to nobody else. Immutable.
/// </summary>
internal sealed class SlotHistory
{
    /// <summary>So many requests are remembered.</summary>
    public const int MaxRequests = 64;

    // Of the requests before them only which modules had them, as runs of generations.
    private const int MaxRuns = 16;

    private readonly RetiredRequest[] _uses;
    private readonly Run[] _runs;

    private SlotHistory(RetiredRequest[] uses, Run[] runs)
    {
        _uses = uses;
        _runs = runs;
    }

    public static SlotHistory None { get; } = new([], []);

    /// <summary>The slot is used once more.</summary>
    public SlotHistory With(RetiredRequest use)
    {
        if (_uses.Length > 0)
        {
            _uses[^1].ForgetCalls();
        }

        return _uses.Length < MaxRequests ? new SlotHistory([.. _uses, use], _runs) : new SlotHistory([.. _uses[1..], use], Continue(_runs, _uses[0]));
    }

    /// <summary>A callback was refused for an id of this slot.</summary>
    public void Report(uint generation, ViolationRule rule, string call)
    {
        if (Array.FindLast(_uses, use => use.Generation == generation) is { } use)
        {
            use.Report(rule, call);
        }
        else if (Array.FindLast(_runs, run => run.First <= generation && generation <= run.Last) is { } run && run.Tracer.TryGetTarget(out var tracer))
        {
            tracer.Found(tracer.LateViolation(rule, run.Module, "", call, "the request is too long ago to be named"));
        }
    }

    private static Run[] Continue(Run[] runs, RetiredRequest use)
    {
        if (runs.Length > 0 && runs[^1] is var last && last.Module == use.Module && last.Tracer == use.Tracer && last.Last + 1 == use.Generation)
        {
            return [.. runs[..^1], last with { Last = use.Generation }];
        }

        return [.. runs.TakeLast(MaxRuns - 1), new Run(use.Generation, use.Generation, use.Module, use.Tracer)];
    }

    private sealed record Run(uint First, uint Last, string Module, WeakReference<Tracer> Tracer);
}
