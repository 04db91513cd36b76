namespace IsapiHost.Extensions;

/// <summary>Counts the requests that are in extensions, and knows when the last one has left after the host was asked to stop.</summary>
internal sealed class InFlightRequests
{
    private const int ClosedBit = 1 << 30;

    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state;

    public int Count => Volatile.Read(ref _state) & ~ClosedBit;

    /// <summary>Whether the host stops.</summary>
    public bool IsClosed => (Volatile.Read(ref _state) & ClosedBit) != 0;

    /// <summary>Completes when the host stops and no request is in an extension.</summary>
    public Task Drained => _drained.Task;

    /// <summary>False when the host stops: no new requests.</summary>
    public bool TryEnter()
    {
        if ((Interlocked.Increment(ref _state) & ClosedBit) == 0)
        {
            return true;
        }

        Exit();
        return false;
    }

    /// <summary>For a request that another one, which is inside, has started: that one cannot end without it.</summary>
    public void EnterWithin() => Interlocked.Increment(ref _state);

    public void Exit()
    {
        if (Interlocked.Decrement(ref _state) == ClosedBit)
        {
            _drained.TrySetResult();
        }
    }

    public void Close()
    {
        if ((Interlocked.Or(ref _state, ClosedBit) & ~ClosedBit) == 0)
        {
            _drained.TrySetResult();
        }
    }
}
