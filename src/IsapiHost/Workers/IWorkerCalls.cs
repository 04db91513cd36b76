namespace IsapiHost.Workers;

/// <summary>What stands behind the calls that modules in a worker make.</summary>
internal interface IWorkerCalls
{
    /// <summary>
    /// Carries a call out. When <see cref="WorkerCall.Waits"/> holds, it has been answered (<see cref="WorkerCall.Answer"/>) when the task ends, or else gets
    /// a failure. Calls of one lane come one at a time, those of different lanes at the same time. Runs on the thread that all lanes of the worker are read by: it must not block.
    /// </summary>
    ValueTask HandleAsync(WorkerCall call);

    /// <summary>The worker has ended; its jobs have been told.</summary>
    void Ended(Processes.WorkerEnd end);
}
