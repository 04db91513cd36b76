using IsapiHost.Interop;
using IsapiHost.Tracing;
using IsapiHost.Transport;

namespace IsapiHost.Extensions;

/// <summary>
/// The asynchronous operation of a request: one at a time, it holds a reference to the request, and exactly one completion follows a start that
/// succeeded. Thread-safe.
/// </summary>
internal sealed class AsyncOperation(ExtensionRequest request)
{
    private readonly Lock _registration = new();
    private IoCompletion _registered;
    private IoCompletion _own;
    private TransferResult _result;
    private int _outstanding;

    /// <summary>Whether one is under way.</summary>
    public bool IsOutstanding => Volatile.Read(ref _outstanding) != 0;

    /// <summary>Whether it is a read.</summary>
    public bool IsReading { get; private set; }

    /// <summary>Nothing is registered and nothing under way.</summary>
    public void Reset()
    {
        _registered = default;
        _outstanding = 0;
    }

    /// <summary>HSE_REQ_IO_COMPLETION: the latest registration counts, one without a function takes it back.</summary>
    public void Register(IoCompletion completion)
    {
        lock (_registration)
        {
            _registered = completion;
        }
    }

    /// <summary>
    /// Takes the right to one operation; false when one is outstanding or nobody would be told of its end.
    /// The caller then ends it by one of the EndWith methods.
    /// </summary>
    /// <param name="own">The completion of this operation alone; none for the registered one.</param>
    /// <param name="isReading">Whether it reads.</param>
    public bool TryBegin(IoCompletion own = default, bool isReading = false)
    {
        if (own.IsNone && Registered.IsNone)
        {
            return false;
        }

        if (Interlocked.CompareExchange(ref _outstanding, 1, 0) != 0)
        {
            request.Observer.Found(ViolationRule.SecondAsynchronousOperation);
            return false;
        }

        _own = own;
        IsReading = isReading;
        request.Observer.OperationBegins();
        request.Lifetime.Add();
        return true;
    }

    /// <summary>What the operation waits for.</summary>
    /// <param name="operation">Gives an error code.</param>
    /// <param name="bytes">What the completion is told to have been moved if there is none.</param>
    public void EndWith(ValueTask<Win32Error> operation, long bytes)
    {
        var count = (uint)Math.Min(bytes, uint.MaxValue);
        EndWith(operation.IsCompletedSuccessfully ? new ValueTask<TransferResult>(Counted(operation.Result, count)) : CountAsync(operation, count));
    }

    /// <summary>What the operation waits for.</summary>
    public void EndWith(ValueTask<TransferResult> operation)
    {
        if (operation.IsCompletedSuccessfully)
        {
            End(operation.Result);
        }
        else
        {
            _ = AwaitAsync(operation);
        }
    }

    /// <summary>
    /// The completion function is about to be called: gives what it is told. From here on the extension may start its next operation.
    /// </summary>
    /// <param name="traced">To be ended when the function has returned; null when there is none, or nobody wants to know.</param>
    public (IoCompletion Completion, TransferResult Result) Take(out CallRecorder? traced)
    {
        var completion = _own.IsNone ? Registered : _own;
        var result = _result;
        traced = request.Observer.Completing(result, isTold: !completion.IsNone);
        Volatile.Write(ref _outstanding, 0);
        return (completion, result);
    }

    private IoCompletion Registered
    {
        get
        {
            lock (_registration)
            {
                return _registered;
            }
        }
    }

    private static TransferResult Counted(Win32Error error, uint bytes) =>
        error == Win32Error.SUCCESS ? TransferResult.Done(bytes) : TransferResult.Failed(error);

    private static async ValueTask<TransferResult> CountAsync(ValueTask<Win32Error> operation, uint bytes) => Counted(await operation, bytes);

    private async Task AwaitAsync(ValueTask<TransferResult> operation)
    {
        var result = TransferResult.Failed(Win32Error.WRITE_FAULT);
        try
        {
            result = await operation;
        }
        catch (Exception e)
        {
            request.Failed(e, "asynchronous operation");
        }

        End(result);
    }

    // Never on this stack: the caller may be the native code that started the operation.
    private void End(TransferResult result)
    {
        _result = result;
        request.Side.Complete();
    }
}
