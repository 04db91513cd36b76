namespace IsapiHost.Workers.Protocol;

/// <summary>The worker has written what no worker writes: its memory is overwritten, or it is of another version. It is ended.</summary>
internal sealed class WorkerProtocolException(string message) : Exception(message);
