using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IsapiHost.Abi;
using IsapiHost.Diagnostics.Tracing;

namespace IsapiHost.Extensions;

/// <summary>
/// Everything that an extension can call: the functions whose addresses stand in its control block (HttpExt.h, EXTENSION_CONTROL_BLOCK).
/// </summary>
/// <remarks>
/// Each door does the same: finds the request, checks the pointers, makes one managed call, and turns every failure into FALSE and a
/// last error. No managed exception gets past here, since native frames could not unwind it.
/// </remarks>
internal static unsafe class ExtensionDoors
{
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int GetServerVariable(nint connId, byte* name, void* buffer, uint* size)
    {
        uint error;
        if (ExtensionRequestTable.Enter(connId) is not { } request)
        {
            return LastError.Answer(ExtensionRequestTable.Refused(connId, nameof(GetServerVariable), 0));
        }

        OpenCall? traced = null;
        try
        {
            traced = request.Trace?.Begin(nameof(GetServerVariable), CallText.Variable(name, size));
            error = name is null || size is null
                ? Win32Error.INVALID_PARAMETER
                : request.GetServerVariable(NativeString.Read(name, NativeString.MaxName + 1), buffer, ref *size);
            traced?.End(error, CallText.VariableValue(name, buffer, size, error));
        }
        catch (Exception e)
        {
            error = request.Failed(e, nameof(GetServerVariable));
        }

        request.Leave();
        return LastError.Answer(error);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int WriteClient(nint connId, void* buffer, uint* bytes, uint flags)
    {
        uint error;
        if (ExtensionRequestTable.Enter(connId) is not { } request)
        {
            return LastError.Answer(ExtensionRequestTable.Refused(connId, nameof(WriteClient), 0));
        }

        OpenCall? traced = null;
        try
        {
            traced = request.Trace?.Begin(nameof(WriteClient), CallText.Write(buffer, bytes, flags, request.Response.HasOpenHead));
            // Nothing to send is a success even without a buffer: WebBroker writes an empty body this way.
            error = bytes is null || (buffer is null && *bytes != 0)
                ? Win32Error.INVALID_PARAMETER
                : request.WriteClient(buffer, ref *bytes, flags);
            traced?.End(error);
        }
        catch (Exception e)
        {
            error = request.Failed(e, nameof(WriteClient));
        }

        request.Leave();
        return LastError.Answer(error);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int ReadClient(nint connId, void* buffer, uint* size)
    {
        uint error;
        if (ExtensionRequestTable.Enter(connId) is not { } request)
        {
            return LastError.Answer(ExtensionRequestTable.Refused(connId, nameof(ReadClient), 0));
        }

        OpenCall? traced = null;
        try
        {
            traced = request.Trace?.Begin(nameof(ReadClient), CallText.Size(size));
            error = size is null || (buffer is null && *size != 0)
                ? Win32Error.INVALID_PARAMETER
                : request.ReadClient(buffer, ref *size);
            traced?.End(error, CallText.Read(buffer, size, error));
        }
        catch (Exception e)
        {
            error = request.Failed(e, nameof(ReadClient));
        }

        request.Leave();
        return LastError.Answer(error);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int ServerSupportFunction(nint connId, uint request, void* buffer, uint* size, uint* dataType)
    {
        uint error;
        if (ExtensionRequestTable.Enter(connId) is not { } entered)
        {
            return LastError.Answer(ExtensionRequestTable.Refused(connId, nameof(ServerSupportFunction), request));
        }

        OpenCall? traced = null;
        try
        {
            traced = entered.Trace?.Begin(KnownRequests.Name(request), CallText.Support(request, new SupportArguments(buffer, size, dataType)));
            error = ServerSupport.Call(entered, request, new SupportArguments(buffer, size, dataType));
            traced?.End(error);
        }
        catch (Exception e)
        {
            error = entered.Failed(e, nameof(ServerSupportFunction));
        }

        entered.Leave();
        return LastError.Answer(error);
    }
}
