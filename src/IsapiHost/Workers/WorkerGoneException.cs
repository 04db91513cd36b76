using IsapiHost.Workers.Processes;

namespace IsapiHost.Workers;

/// <summary>The worker has ended before it had an answer.</summary>
internal sealed class WorkerGoneException(WorkerEnd end) : Exception($"The worker is gone: {end}.")
{
    public WorkerEnd End { get; } = end;
}
