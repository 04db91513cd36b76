using IsapiHost.Workers.Processes;
using IsapiHost.Workers.Protocol;

namespace IsapiHost.Workers.Jobs;

/// <summary>A job that somebody awaits.</summary>
internal abstract class AwaitedJob<T> : WorkerJob
{
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the job gives.</summary>
    /// <exception cref="WorkerGoneException">The worker has ended before.</exception>
    public Task<T> Result => _result.Task;

    public sealed override void Returned(ref RecordValues values) => _result.TrySetResult(Read(ref values));

    public sealed override void Lost(WorkerEnd? end) =>
        _result.TrySetException(new WorkerGoneException(end ?? new WorkerEnd(null, null, "the module ended the thread")));

    protected abstract T Read(ref RecordValues values);
}
