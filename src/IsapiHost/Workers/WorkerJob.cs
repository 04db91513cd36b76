using IsapiHost.Workers.Processes;
using IsapiHost.Workers.Protocol;

namespace IsapiHost.Workers;

/// <summary>One thing for a thread of a worker to do. Exactly one of <see cref="Returned"/> and <see cref="Lost"/> is called, once.</summary>
internal abstract class WorkerJob
{
    public abstract MessageKind Kind { get; }

    /// <summary>Writes what the worker needs. Called when the job has got its lane.</summary>
    public abstract void Write(ref MessageWriter message);

    /// <summary>Reads the job's result. The lane is still taken: nothing here may wait.</summary>
    /// <exception cref="WorkerProtocolException">It is none.</exception>
    public abstract void Returned(ref RecordValues values);

    /// <summary>Called after <see cref="Returned"/>, when the lane is free again.</summary>
    public virtual void Completed()
    {
    }

    /// <summary>The job did not come to its end.</summary>
    /// <param name="end">How the worker has ended; null when only the thread has.</param>
    public abstract void Lost(WorkerEnd? end);
}
