namespace IsapiHost.Workers;

/// <summary>Memory on its way between host and the thread that waits in a lane.</summary>
internal sealed class LaneExchange(Memory<byte> destination)
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where fetched bytes go; empty for a store.</summary>
    public Memory<byte> Destination { get; } = destination;

    public Task Task => _completion.Task;

    public void Complete() => _completion.TrySetResult();

    public void Fail(Exception exception) => _completion.TrySetException(exception);
}
