using IsapiHost.Diagnostics.Tracing;
using IsapiHost.Diagnostics.Violations;

namespace IsapiHost.Extensions;

/// <content>What somebody who traces the request, or looks for violations, needs of it.</content>
internal sealed unsafe partial class ExtensionRequest
{
    // The running HttpExtensionProc, until it is found to be blocked.
    private OpenCall? _proc;
    private OpenCall? _starter;

    /// <summary>The calls so far; null while nobody wants them, which is all that tracing costs then.</summary>
    public CallTrace? Trace { get; private set; }

    /// <summary>For calls that come when the request is over.</summary>
    public LastUse? LastUse { get; private set; }

    public CallOutcome Outcome => _outcome;

    public bool IsControlBlockChanged => _block.IsChanged;

    /// <summary>Whether the id names the request that has, or had last, this slot.</summary>
    public bool HadGeneration(uint generation) => _shares.Generation == generation;

    private void ReportIfBlocked()
    {
        if (Trace is { } trace && Volatile.Read(ref _proc) is { } proc && trace.Silence > trace.Tracer.BlockedLimit
            && Interlocked.CompareExchange(ref _proc, null, proc) == proc)
        {
            trace.Add(ViolationRule.ExtensionThreadBlocked, $"more than {trace.Tracer.BlockedLimit.TotalSeconds:0.#} s");
        }
    }
}
