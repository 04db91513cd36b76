namespace IsapiHost;

/// <summary>The threads that run native code; section <c>Isapi:Threads</c>.</summary>
public sealed class IsapiThreadOptions : IOptionGroup
{
    /// <summary>How many extension threads may run native code at once; 256 by default.</summary>
    [Bounds(1, 10_000)]
    public int Limit { get; set; } = 256;

    /// <summary>How many requests may wait for an extension thread before the next one is answered with 503; 1,000 by default.</summary>
    [Bounds(0, int.MaxValue)]
    public int QueueLimit { get; set; } = 1_000;
}
