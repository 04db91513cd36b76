namespace IsapiHost;

/// <summary>The watch for what a correct extension never does (docs/tracing.md); section <c>Isapi:Violations</c>.</summary>
public sealed class IsapiViolationOptions : IOptionGroup
{
    /// <summary>
    /// Whether extensions are watched, each kind of violation logged once per module, without traces being written. Tracing watches as well. Off
    /// by default: it costs as much as tracing.
    /// </summary>
    public bool Detect { get; set; }

    /// <summary>
    /// How long HttpExtensionProc may neither return nor call the host before that is the violation <c>extension-thread-blocked</c>; 10 seconds
    /// by default.
    /// </summary>
    [Bounds(0, BoundsAttribute.LongestTime)]
    public TimeSpan BlockedTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a pending request may be left alone, without a call of the extension and without an asynchronous operation, before that is the
    /// violation <c>session-never-finished</c>; 5 minutes by default, zero is for ever, as on IIS. A request that is still pending when the host
    /// stops is found in any case.
    /// </summary>
    [Bounds(0, BoundsAttribute.LongestTime)]
    public TimeSpan PendingTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Number of requests to one module over which the process must grow before <c>resource-growth</c> is reported; 1,000 by default, 0 is off,
    /// fewer than 100 count as 100. Only requests during which no other module was called count.
    /// </summary>
    [Bounds(0, int.MaxValue)]
    public int GrowthRequests { get; set; } = 1_000;
}
