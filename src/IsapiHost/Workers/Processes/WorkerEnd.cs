namespace IsapiHost.Workers.Processes;

/// <summary>How a worker has ended.</summary>
/// <param name="Crash">What it said about it, or null.</param>
/// <param name="ExitCode">Its exit code; under Wine its lowest byte only. Null when it was not to be had.</param>
/// <param name="Fault">Why the host has ended it, or null.</param>
internal sealed record WorkerEnd(WorkerCrash? Crash, int? ExitCode, string? Fault)
{
    public override string ToString() => Fault ?? Crash?.ToString() ?? (ExitCode is { } code ? $"it ended with exit code {code}" : "it was ended");
}
