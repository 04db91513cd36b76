using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IsapiHost.Extensions.Support;
using IsapiHost.Interop;
using IsapiHost.Tracing;

namespace IsapiHost.Extensions;

/// <summary>
/// Everything that an extension can call: the functions whose addresses stand in its control block (HttpExt.h, EXTENSION_CONTROL_BLOCK).
/// </summary>
/// <remarks>
/// Behind each door the same happens: the request is found, the pointers are checked, one managed call is made, and every failure becomes
/// FALSE and a last error. No managed exception gets past here, since native frames could not unwind it.
/// </remarks>
internal static unsafe class ExtensionCallbacks
{
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int GetServerVariable(nint connId, byte* name, void* buffer, uint* size) =>
        Open(connId, new ExtensionCall(ExtensionCallback.GetServerVariable) { Variable = name, Buffer = buffer, Size = size });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int WriteClient(nint connId, void* buffer, uint* bytes, uint flags) =>
        Open(connId, new ExtensionCall(ExtensionCallback.WriteClient) { Buffer = buffer, Size = bytes, Code = flags });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int ReadClient(nint connId, void* buffer, uint* size) =>
        Open(connId, new ExtensionCall(ExtensionCallback.ReadClient) { Buffer = buffer, Size = size });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int ServerSupportFunction(nint connId, uint request, void* buffer, uint* size, uint* dataType) =>
        Open(connId, new ExtensionCall(ExtensionCallback.ServerSupportFunction) { Code = request, Buffer = buffer, Size = size, DataType = dataType });

    private static int Open(nint connId, ExtensionCall call)
    {
        var controls = FloatingPointControls.EnterManaged();
        var error = Answer(connId, call);
        FloatingPointControls.LeaveManaged(controls);
        return LastError.Answer(error);
    }

    private static Win32Error Answer(nint connId, ExtensionCall call)
    {
        if (ExtensionRequestTable.Enter(connId) is not { } request)
        {
            return ExtensionRequestTable.Refused(connId, call);
        }

        Win32Error error;
        CallRecorder? traced = null;
        try
        {
            traced = request.Trace is { } trace ? trace.Begin(call.Name, CallFormatter.Arguments(call, trace.Sent)) : null;
            error = Run(request, call);
            traced?.End(error, CallFormatter.Result(call, error));
        }
        catch (Exception e)
        {
            error = request.Failed(e, call.Door.ToString());
            traced?.End(error);
        }

        request.Leave();
        return error;
    }

    private static Win32Error Run(ExtensionRequest request, ExtensionCall call) => call.Door switch
    {
        ExtensionCallback.ServerSupportFunction => ServerSupport.Call(request, call.Code, call.Support),
        _ when call.Size is null => Win32Error.INVALID_PARAMETER,
        ExtensionCallback.GetServerVariable => call.Variable is null
            ? Win32Error.INVALID_PARAMETER
            : request.GetServerVariable(NativeString.Read(call.Variable, NativeString.MaxName + 1), call.Buffer, ref *call.Size),

        // Nothing to move is a success even without a buffer: WebBroker writes an empty body this way.
        _ when call.Buffer is null && *call.Size != 0 => Win32Error.INVALID_PARAMETER,
        ExtensionCallback.WriteClient => request.WriteClient(call.Buffer, ref *call.Size, call.Code),
        _ => request.ReadClient(call.Buffer, ref *call.Size),
    };
}
