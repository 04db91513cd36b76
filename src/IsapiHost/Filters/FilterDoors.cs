using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IsapiHost.Abi;
using IsapiHost.Extensions;

namespace IsapiHost.Filters;

/// <summary>
/// Everything that a filter can call: the functions whose addresses stand in HTTP_FILTER_CONTEXT and in the structures of the notifications
/// (HttpFilt.h).
/// </summary>
/// <remarks>As <see cref="ExtensionDoors"/>: find the context, check the pointers, one managed call, FALSE and a last error for every failure.</remarks>
internal static unsafe class FilterDoors
{
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int GetServerVariable(HTTP_FILTER_CONTEXT* pfc, byte* name, void* buffer, uint* size)
    {
        uint error;
        if (FilterContextTable.Enter(pfc) is not { } context)
        {
            return LastError.Answer(Win32Error.INVALID_PARAMETER);
        }

        try
        {
            error = name is null || size is null
                ? Win32Error.INVALID_PARAMETER
                : context.GetServerVariable(NativeString.Read(name, NativeString.MaxName + 1), buffer, ref *size);
        }
        catch (Exception e)
        {
            error = context.Failed(e, nameof(GetServerVariable));
        }

        context.Leave();
        return LastError.Answer(error);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int AddResponseHeaders(HTTP_FILTER_CONTEXT* pfc, byte* headers, uint reserved)
    {
        uint error;
        if (FilterContextTable.Enter(pfc) is not { } context)
        {
            return LastError.Answer(Win32Error.INVALID_PARAMETER);
        }

        try
        {
            error = headers is null ? Win32Error.INVALID_PARAMETER : context.AddResponseHeaders(NativeString.Read(headers, NativeString.MaxHead));
        }
        catch (Exception e)
        {
            error = context.Failed(e, nameof(AddResponseHeaders));
        }

        context.Leave();
        return LastError.Answer(error);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int WriteClient(HTTP_FILTER_CONTEXT* pfc, void* buffer, uint* bytes, uint reserved)
    {
        uint error;
        if (FilterContextTable.Enter(pfc) is not { } context)
        {
            return LastError.Answer(Win32Error.INVALID_PARAMETER);
        }

        try
        {
            error = bytes is null || (buffer is null && *bytes != 0) || *bytes > int.MaxValue
                ? Win32Error.INVALID_PARAMETER
                : context.WriteClient(buffer, (int)*bytes);
        }
        catch (Exception e)
        {
            error = context.Failed(e, nameof(WriteClient));
        }

        context.Leave();
        return LastError.Answer(error);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static void* AllocMem(HTTP_FILTER_CONTEXT* pfc, uint size, uint reserved)
    {
        if (FilterContextTable.Enter(pfc) is not { } context)
        {
            _ = LastError.Answer(Win32Error.INVALID_PARAMETER);
            return null;
        }

        var memory = context.AllocMem(size);
        context.Leave();
        _ = LastError.Answer(memory is null ? Win32Error.NOT_ENOUGH_MEMORY : Win32Error.SUCCESS);
        return memory;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int ServerSupportFunction(HTTP_FILTER_CONTEXT* pfc, uint request, void* data, nuint first, nuint second)
    {
        uint error;
        if (FilterContextTable.Enter(pfc) is not { } context)
        {
            return LastError.Answer(Win32Error.INVALID_PARAMETER);
        }

        try
        {
            error = context.ServerSupportFunction(request, data, first);
        }
        catch (Exception e)
        {
            error = context.Failed(e, nameof(ServerSupportFunction));
        }

        context.Leave();
        return LastError.Answer(error);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int GetHeader(HTTP_FILTER_CONTEXT* pfc, byte* name, void* buffer, uint* size)
    {
        uint error;
        if (FilterContextTable.Enter(pfc) is not { } context)
        {
            return LastError.Answer(Win32Error.INVALID_PARAMETER);
        }

        try
        {
            error = name is null || size is null
                ? Win32Error.INVALID_PARAMETER
                : context.GetHeader(NativeString.Read(name, NativeString.MaxName + 1), buffer, ref *size);
        }
        catch (Exception e)
        {
            error = context.Failed(e, nameof(GetHeader));
        }

        context.Leave();
        return LastError.Answer(error);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int SetHeader(HTTP_FILTER_CONTEXT* pfc, byte* name, byte* value) => PutHeader(pfc, name, value, adds: false);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int AddHeader(HTTP_FILTER_CONTEXT* pfc, byte* name, byte* value) => PutHeader(pfc, name, value, adds: true);

    /// <summary>GetUserToken of AUTH_COMPLETE: there is no token, since no Windows account is logged on.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int GetUserToken(HTTP_FILTER_CONTEXT* pfc, nint* token)
    {
        if (FilterContextTable.Enter(pfc) is not { } context)
        {
            return LastError.Answer(Win32Error.INVALID_PARAMETER);
        }

        context.Leave();
        if (token is null)
        {
            return LastError.Answer(Win32Error.INVALID_PARAMETER);
        }

        *token = 0;
        return LastError.Answer(Win32Error.NO_TOKEN);
    }

    private static int PutHeader(HTTP_FILTER_CONTEXT* pfc, byte* name, byte* value, bool adds)
    {
        uint error;
        if (FilterContextTable.Enter(pfc) is not { } context)
        {
            return LastError.Answer(Win32Error.INVALID_PARAMETER);
        }

        try
        {
            // A header value may be as long as a whole head; Tomcat's connector carries certificates in one.
            error = name is null
                ? Win32Error.INVALID_PARAMETER
                : context.PutHeader(NativeString.Read(name, NativeString.MaxName + 1), NativeString.Read(value, NativeString.MaxHead), adds);
        }
        catch (Exception e)
        {
            error = context.Failed(e, adds ? nameof(AddHeader) : nameof(SetHeader));
        }

        context.Leave();
        return LastError.Answer(error);
    }
}
