namespace IsapiHost.Tracing;

/// <summary>A request through an extension, when it is over: every call in the order of their beginning, and what the client got. Immutable.</summary>
public sealed record RequestTrace
{
    /// <summary>Counts the traced requests of a host, from 1.</summary>
    public long Number { get; init; }

    /// <summary>When the request arrived, UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The request target as the client sent it, with its query.</summary>
    public required string Url { get; init; }

    /// <summary>The path alone, decoded.</summary>
    public required string Path { get; init; }

    /// <summary>The extension's file.</summary>
    public required string Module { get; init; }

    /// <summary>The status that the client got.</summary>
    public required int Status { get; init; }

    /// <summary>Body bytes that were sent.</summary>
    public required long Bytes { get; init; }

    /// <summary>How the end of the body was marked.</summary>
    public required TraceFraming Framing { get; init; }

    /// <summary>How native code left the request.</summary>
    public required TraceOutcome Outcome { get; init; }

    /// <summary>From the arrival to the end of the answer.</summary>
    public required double Milliseconds { get; init; }

    /// <summary>The calls; of very many, the first 10,000.</summary>
    public required IReadOnlyList<TracedCall> Calls { get; init; }

    /// <summary>How many further calls there were.</summary>
    public int CallsLeftOut { get; init; }

    /// <summary>The rules that were broken during the request, or by calls that came for it later.</summary>
    public IReadOnlyList<Violation> Violations { get; init; } = [];
}
