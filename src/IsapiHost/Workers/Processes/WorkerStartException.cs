namespace IsapiHost.Workers.Processes;

/// <summary>A worker did not start. The message says what to do.</summary>
public sealed class WorkerStartException(string message, Exception? inner = null) : Exception(message, inner);
