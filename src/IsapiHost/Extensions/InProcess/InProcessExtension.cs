using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Threading;

namespace IsapiHost.Extensions.InProcess;

/// <summary>An extension in the memory of this process: called on extension threads, with a control block that lives as long as the process.</summary>
internal sealed class InProcessExtension : ExtensionWork, IExtensionSide
{
    [ThreadStatic]
    private static InProcessExtension? _running;

    private readonly ExtensionRequest _request;
    private readonly ControlBlock _block = new();
    private readonly CompletionCall _completion;

    public InProcessExtension(ExtensionRequest request)
    {
        _request = request;
        _completion = new CompletionCall(this);
    }

    public uint Status => _block.Status;

    public string LogData => _block.LogData;

    public bool IsControlBlockChanged => _block.IsChanged;

    /// <summary>
    /// The request that a callback means by the control block itself in place of ConnID, as some extensions do (KB 186841). That has no
    /// generation to check, so it is accepted only on the thread that is inside this very request's extension.
    /// </summary>
    public static ExtensionRequest? FindByControlBlock(nint value) =>
        _running is { } running && running._block.IsAt(value) ? running._request : null;

    public void Open(nint connId, bool watched)
    {
        _block.Fill(connId, _request.Host.InterfaceVersion, _request.View, _request.Body);
        if (watched)
        {
            _block.Remember();
        }
    }

    public bool TryStart() => ExtensionThread.TryRunNext(this) || _request.Host.Threads.TryQueue(this);

    public void Complete()
    {
        if (!_request.Host.Threads.TryQueue(_completion, admitted: true))
        {
            _completion.ThreadLost();
        }
    }

    public void Close() => _block.Reset();

    /// <summary>Calls HttpExtensionProc.</summary>
    public override void Run()
    {
        _request.Entered();
        var call = Begin();
        var status = CallExtension();
        End(call);
        _request.Returned(status, inline: true);
    }

    public override void ThreadLost() => _request.Lost();

    private unsafe uint CallExtension() => _request.Module.Invoke(_block.Pointer);

    private NativeCall Begin()
    {
        _running = this;
        return NativeCall.Begin(_request.Host.GivesThreadToken);
    }

    private static void End(NativeCall call)
    {
        call.End();
        _running = null;
    }

    private void RunCompletion()
    {
        var (completion, result) = _request.Operation.Take(out var traced);
        if (!completion.IsNone)
        {
            var call = Begin();
            CallCompletion(completion, result.Bytes, result.Error);
            End(call);
            traced?.End("returned");
        }

        _request.CompletionReturned(inline: true);
    }

    private unsafe void CallCompletion(IoCompletion completion, uint bytes, Win32Error error) =>
        ((delegate* unmanaged[Stdcall]<EXTENSION_CONTROL_BLOCK*, void*, uint, uint, void>)completion.Function)(
            _block.Pointer, (void*)completion.Context, bytes, (uint)error);

    private sealed class CompletionCall(InProcessExtension extension) : ExtensionWork
    {
        public override void Run() => extension.RunCompletion();

        public override void ThreadLost() => extension._request.CompletionReturned(inline: false);
    }
}
