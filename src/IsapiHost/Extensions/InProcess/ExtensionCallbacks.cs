using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IsapiHost.Extensions.Support;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Threading;
using IsapiHost.Tracing;

namespace IsapiHost.Extensions.InProcess;

/// <summary>
/// Everything that an extension in this process can call: the functions whose addresses stand in its control block (HttpExt.h,
/// EXTENSION_CONTROL_BLOCK).
/// </summary>
/// <remarks>
/// Each does the same: the request is found, the pointers become values with checked lengths, the request does what is asked while the calling
/// thread waits, and every failure becomes FALSE and a last error. No managed exception gets past here, since native frames could not unwind it.
/// </remarks>
internal static unsafe class ExtensionCallbacks
{
    private delegate Win32Error Callback(ExtensionRequest request, in Pointers given, ref CallRecorder? traced);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int GetServerVariable(nint connId, byte* name, void* buffer, uint* size) =>
        Call(connId, nameof(GetServerVariable), new Pointers { Name = name, Buffer = buffer, Size = size }, ReadVariable);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int WriteClient(nint connId, void* buffer, uint* bytes, uint flags) =>
        Call(connId, nameof(WriteClient), new Pointers { Buffer = buffer, Size = bytes, Number = flags }, Write);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int ReadClient(nint connId, void* buffer, uint* size) =>
        Call(connId, nameof(ReadClient), new Pointers { Buffer = buffer, Size = size }, Read);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int ServerSupportFunction(nint connId, uint request, void* buffer, uint* size, uint* dataType) =>
        Call(
            connId, nameof(ServerSupportFunction), new Pointers { Number = request, Buffer = buffer, Size = size, DataType = dataType },
            Support);

    private static Win32Error ReadVariable(ExtensionRequest request, in Pointers given, ref CallRecorder? traced)
    {
        var name = NativeString.Read(given.Name, NativeString.MaxName + 1);
        traced = request.Observer.Trace?.Begin(nameof(GetServerVariable), CallFormatter.Variable(name, given.SizeOrNull));
        if (given.Name is null || given.Size is null)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        var destination = NativeBuffer.Of(given.Buffer, *given.Size);
        var error = request.GetServerVariable(name, destination, ref *given.Size);
        traced?.End(error, CallFormatter.VariableValue(name, destination, *given.Size, error));
        return error;
    }

    private static Win32Error Write(ExtensionRequest request, in Pointers given, ref CallRecorder? traced)
    {
        var data = given.Memory;
        traced = request.Observer.Trace is { } trace
            ? trace.Begin(nameof(WriteClient), CallFormatter.Written(trace.Sent, data, given.SizeOrNull, given.Number))
            : null;

        return given.HasMemory ? SyncOverAsync.For(request.WriteClientAsync(data, given.Number)) : Win32Error.INVALID_PARAMETER;
    }

    private static Win32Error Read(ExtensionRequest request, in Pointers given, ref CallRecorder? traced)
    {
        traced = request.Observer.Trace?.Begin(nameof(ReadClient), CallFormatter.UpTo(given.SizeOrNull));
        if (!given.HasMemory)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        var buffer = given.Memory;
        var (bytes, error) = SyncOverAsync.For(request.ReadClientAsync(buffer));
        *given.Size = bytes;
        traced?.End(error, error == Win32Error.SUCCESS ? DisplayFormatter.Buffer(buffer.Span[..(int)bytes]) : "");
        return error;
    }

    private static Win32Error Support(ExtensionRequest request, in Pointers given, ref CallRecorder? traced) =>
        SupportRequests.Find(given.Number) is { } known
            ? known.Call(request, new SupportPointers(given.Buffer, given.Size, given.DataType), ref traced)
            : SupportRequests.RefuseUnknown(request, given.Number, ref traced);

    private static int Call(nint connId, string name, in Pointers given, Callback callback)
    {
        var controls = FloatingPointControls.EnterManaged();
        var error = Guarded(connId, name, given, callback);
        FloatingPointControls.LeaveManaged(controls);
        return LastError.Answer(error);
    }

    private static Win32Error Guarded(nint connId, string name, in Pointers given, Callback callback)
    {
        if (Enter(connId) is not { } request)
        {
            var isSupport = name == nameof(ServerSupportFunction);
            return ExtensionRequestTable.Refused(
                connId, isSupport ? SupportRequests.NameOf(given.Number) : name, isSupport && given.Number == HSE_REQ.DONE_WITH_SESSION);
        }

        Win32Error error;
        CallRecorder? traced = null;
        try
        {
            error = callback(request, given, ref traced);
        }
        catch (Exception e)
        {
            error = request.Failed(e, name);
        }

        traced?.EndIfOpen(error);
        request.Lifetime.Release(inline: false);
        return error;
    }

    private static ExtensionRequest? Enter(nint connId) =>
        ExtensionRequestTable.Enter(connId)
        ?? (InProcessExtension.FindByControlBlock(connId) is { } running && running.Lifetime.TryEnter(running.Lifetime.Generation) ? running : null);

    /// <summary>What a caller gave, unchecked; what the callback does not have is null and 0.</summary>
    private readonly struct Pointers
    {
        /// <summary>lpszVariableName.</summary>
        public byte* Name { get; init; }

        public void* Buffer { get; init; }

        public uint* Size { get; init; }

        /// <summary>lpdwDataType.</summary>
        public uint* DataType { get; init; }

        /// <summary>dwHSERequest; of WriteClient dwReserved, which in truth is its flags.</summary>
        public uint Number { get; init; }

        public uint? SizeOrNull => Size is null ? null : *Size;

        // Nothing to move is a success even without a buffer: WebBroker writes an empty body this way.
        public bool HasMemory => Size is not null && (Buffer is not null || *Size == 0);

        public CallerMemory Memory => new(Buffer, Size is null ? 0 : *Size);
    }
}
