using IsapiHost.Interop;
using IsapiHost.Transport;

namespace IsapiHost.Responses;

/// <summary>Lets one caller at a time do something with an object, whichever thread it comes from.</summary>
/// <remarks>Steps answer with a Win32 error code; a transfer that fails becomes the code that its caller is told.</remarks>
/// <param name="owner">What the steps work on.</param>
internal sealed class Turn<TOwner>(TOwner owner)
{
    private readonly SemaphoreSlim _semaphore = new(1, 1);
    private volatile bool _closed;

    /// <summary>A step that has nothing to wait for, or must not be done.</summary>
    public static ValueTask<Win32Error> Refused => new(Win32Error.INVALID_PARAMETER);

    public static ValueTask<Win32Error> Done(ValueTask step)
    {
        return step.IsCompletedSuccessfully ? new ValueTask<Win32Error>(Win32Error.SUCCESS) : Await(step);

        static async ValueTask<Win32Error> Await(ValueTask step)
        {
            await step;
            return Win32Error.SUCCESS;
        }
    }

    /// <summary>Does a step as soon as nobody else does one.</summary>
    public ValueTask<Win32Error> TakeAsync<T>(T arguments, Func<TOwner, T, ValueTask<Win32Error>> step)
    {
        return _semaphore.Wait(0) ? RunAsync(arguments, step) : WaitAsync(this, arguments, step);

        static async ValueTask<Win32Error> WaitAsync(Turn<TOwner> turn, T arguments, Func<TOwner, T, ValueTask<Win32Error>> step)
        {
            await turn._semaphore.WaitAsync();
            return await turn.RunAsync(arguments, step);
        }
    }

    /// <summary>Does a step if nobody else does one at this moment.</summary>
    public bool TryTake<T>(T arguments, Func<TOwner, T, ValueTask<Win32Error>> step, out ValueTask<Win32Error> result)
    {
        var taken = _semaphore.Wait(0);
        result = taken ? RunAsync(arguments, step) : default;
        return taken;
    }

    public void Open() => _closed = false;

    /// <summary>Refuses every further step; completes when the one that is under way has ended.</summary>
    /// <param name="interrupt">What to do when there is one.</param>
    public async ValueTask CloseAsync(Action<TOwner> interrupt)
    {
        _closed = true;
        if (!_semaphore.Wait(0))
        {
            interrupt(owner);
            await _semaphore.WaitAsync();
        }

        _semaphore.Release();
    }

    // The only place that gives the turn back, whatever the step does and however it fails.
    private ValueTask<Win32Error> RunAsync<T>(T arguments, Func<TOwner, T, ValueTask<Win32Error>> step)
    {
        ValueTask<Win32Error> running;
        try
        {
            running = _closed ? Refused : step(owner, arguments);
        }
        catch (Exception e)
        {
            running = ValueTask.FromException<Win32Error>(e);
        }

        if (!running.IsCompletedSuccessfully)
        {
            return Await(_semaphore, running);
        }

        _semaphore.Release();
        return running;

        static async ValueTask<Win32Error> Await(SemaphoreSlim semaphore, ValueTask<Win32Error> running)
        {
            try
            {
                return await running;
            }
            catch (Exception e) when (TransferError.TryGet(e, out var error))
            {
                return error;
            }
            finally
            {
                semaphore.Release();
            }
        }
    }
}
