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

    /// <summary>
    /// Whether threads that run code of modules have a token of the process' own account, so that <c>OpenThreadToken</c> finds one, as it
    /// always does on IIS. It may do no more than the process may. On by default; Windows only. A token that a module leaves on its thread is taken
    /// away in any case.
    /// </summary>
    public bool Token { get; set; } = true;
}
