using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Threading;
using IsapiHost.Tracing;
using IsapiHost.Transport;

namespace IsapiHost.Extensions;

/// <content>
/// Asynchronous operations: one at a time, each holds a share of the request, and exactly one completion follows a start that succeeded.
/// </content>
internal sealed unsafe partial class ExtensionRequest
{
    private readonly Lock _registration = new();
    private readonly CompletionWork _completionWork;
    private delegate* unmanaged[Stdcall]<EXTENSION_CONTROL_BLOCK*, void*, uint, uint, void> _ioCompletion;
    private nint _ioContext;
    private nint _ownCompletion;
    private nint _ownContext;
    private TransferResult _result;
    private int _outstanding;
    private bool _reading;

    /// <summary>HSE_REQ_IO_COMPLETION: the latest registration counts, null takes it back.</summary>
    public Win32Error Register(delegate* unmanaged[Stdcall]<EXTENSION_CONTROL_BLOCK*, void*, uint, uint, void> completion, nint context)
    {
        lock (_registration)
        {
            _ioCompletion = completion;
            _ioContext = context;
        }

        return Win32Error.SUCCESS;
    }

    /// <summary>WriteClient with HSE_IO_ASYNC.</summary>
    public Win32Error WriteAsync(nint data, int count)
    {
        if (Response.IsEnded)
        {
            Trace?.Add(ViolationRule.WriteAfterFinalSend);
            return Win32Error.INVALID_PARAMETER;
        }

        if (!TryBegin(0, 0))
        {
            return Win32Error.INVALID_PARAMETER;
        }

        WatchBuffers([TransferPart.OfMemory(data, count)]);
        EndWith(Response.WriteAsync(data, count), (uint)count);
        return Win32Error.SUCCESS;
    }

    /// <summary>HSE_REQ_ASYNC_READ_CLIENT.</summary>
    public Win32Error ReadAsync(nint buffer, int size)
    {
        if (!TryBegin(0, 0))
        {
            return Win32Error.INVALID_PARAMETER;
        }

        _reading = true;
        EndWith(Body.ReadAsync(buffer, size));
        return Win32Error.SUCCESS;
    }

    /// <summary>
    /// Takes the right to one operation; false when one is outstanding or nobody would be told of its end.
    /// The caller then ends it by one of the EndWith methods.
    /// </summary>
    /// <param name="ownCompletion">A completion function for this operation alone, or 0 for the registered one.</param>
    /// <param name="ownContext">Its context.</param>
    public bool TryBegin(nint ownCompletion, nint ownContext)
    {
        if (ownCompletion == 0 && _ioCompletion == null)
        {
            return false;
        }

        if (Interlocked.CompareExchange(ref _outstanding, 1, 0) != 0)
        {
            Trace?.Add(ViolationRule.SecondAsynchronousOperation);
            return false;
        }

        _starter = Trace?.Current;
        _buffers = null;
        _ownCompletion = ownCompletion;
        _ownContext = ownContext;
        _reading = false;
        _shares.Add();
        return true;
    }

    public void EndWith(ValueTask<Win32Error> operation, uint bytes)
    {
        if (operation.IsCompletedSuccessfully)
        {
            var error = operation.Result;
            End(new TransferResult(error == Win32Error.SUCCESS ? bytes : 0, error));
        }
        else
        {
            _ = AwaitAsync(WithCountAsync(operation, bytes));
        }
    }

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

    /// <summary>HSE_REQ_CANCEL_IO. A read ends by itself; a response cut in the middle is of no use, so for anything else the connection goes.</summary>
    public Win32Error CancelOperation()
    {
        if (Volatile.Read(ref _outstanding) == 0)
        {
            return Win32Error.NOT_FOUND;
        }

        if (_reading)
        {
            Body.CancelRead();
        }
        else
        {
            Context.Abort();
        }

        return Win32Error.SUCCESS;
    }

    // Never on this stack: the caller may be the native code that started the operation.
    private void End(TransferResult result)
    {
        _result = result;
        if (!_host.Threads.TryQueue(_completionWork, admitted: true))
        {
            _completionWork.ThreadLost();
        }
    }

    private void RunCompletion()
    {
        var result = _result;
        var completion = (delegate* unmanaged[Stdcall]<EXTENSION_CONTROL_BLOCK*, void*, uint, uint, void>)_ownCompletion;
        var context = _ownContext;
        if (completion == null)
        {
            lock (_registration)
            {
                completion = _ioCompletion;
                context = _ioContext;
            }
        }

        ReportIfBuffersChanged();
        var starter = _starter;

        // From here on the extension may start its next operation, on this thread or another.
        Volatile.Write(ref _outstanding, 0);
        if (completion != null)
        {
            var traced = Trace?.Enter("completion", $"of {starter?.Name}, {result.Bytes} bytes, error {(uint)result.Error}", starter);
            s_running = this;
            var call = NativeCall.Begin(_host.GivesThreadToken);
            completion(_block.Pointer, (void*)context, result.Bytes, (uint)result.Error);
            call.End();
            s_running = null;
            traced?.End("returned");
        }

        ReleaseShare(inline: true);
    }

    private void ReleaseShare(bool inline)
    {
        if (_shares.Release())
        {
            LetGo(inline);
        }
    }

    private sealed class CompletionWork(ExtensionRequest request) : ExtensionWork
    {
        public override void Run() => request.RunCompletion();

        public override void ThreadLost() => request.ReleaseShare(inline: false);
    }
}
