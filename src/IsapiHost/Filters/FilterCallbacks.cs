using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;

namespace IsapiHost.Filters;

/// <summary>
/// Everything that a filter can call: the functions whose addresses stand in HTTP_FILTER_CONTEXT and in the structures of the notifications
/// (HttpFilt.h).
/// </summary>
/// <remarks>As <see cref="Extensions.ExtensionCallbacks"/>: find the context, check the pointers, one managed call, FALSE and a last error for every failure.</remarks>
internal static unsafe class FilterCallbacks
{
    private delegate Win32Error Call(FilterContext context, Arguments arguments);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int GetServerVariable(HTTP_FILTER_CONTEXT* pfc, byte* name, void* buffer, uint* size) =>
        Open(pfc, new Arguments { Name = name, Buffer = buffer, Size = size }, nameof(GetServerVariable), static (context, given) =>
            given.Name is null || given.Size is null
                ? Win32Error.INVALID_PARAMETER
                : context.GetServerVariable(given.ReadName(), given.Buffer, ref *given.Size));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int GetHeader(HTTP_FILTER_CONTEXT* pfc, byte* name, void* buffer, uint* size) =>
        Open(pfc, new Arguments { Name = name, Buffer = buffer, Size = size }, nameof(GetHeader), static (context, given) =>
            given.Name is null || given.Size is null
                ? Win32Error.INVALID_PARAMETER
                : context.GetHeader(given.ReadName(), given.Buffer, ref *given.Size));

    // A header value may be as long as a whole head; Tomcat's connector carries certificates in one.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int SetHeader(HTTP_FILTER_CONTEXT* pfc, byte* name, byte* value) =>
        Open(pfc, new Arguments { Name = name, Buffer = value }, nameof(SetHeader), static (context, given) =>
            given.Name is null ? Win32Error.INVALID_PARAMETER : context.PutHeader(given.ReadName(), given.ReadText(), adds: false));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int AddHeader(HTTP_FILTER_CONTEXT* pfc, byte* name, byte* value) =>
        Open(pfc, new Arguments { Name = name, Buffer = value }, nameof(AddHeader), static (context, given) =>
            given.Name is null ? Win32Error.INVALID_PARAMETER : context.PutHeader(given.ReadName(), given.ReadText(), adds: true));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int AddResponseHeaders(HTTP_FILTER_CONTEXT* pfc, byte* headers, uint reserved) =>
        Open(pfc, new Arguments { Buffer = headers }, nameof(AddResponseHeaders), static (context, given) =>
            given.Buffer is null ? Win32Error.INVALID_PARAMETER : context.AddResponseHeaders(given.ReadText()));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int WriteClient(HTTP_FILTER_CONTEXT* pfc, void* buffer, uint* bytes, uint reserved) =>
        Open(pfc, new Arguments { Buffer = buffer, Size = bytes }, nameof(WriteClient), static (context, given) =>
            given.Size is null || (given.Buffer is null && *given.Size != 0) || *given.Size > int.MaxValue
                ? Win32Error.INVALID_PARAMETER
                : context.WriteClient(given.Buffer, (int)*given.Size));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int ServerSupportFunction(HTTP_FILTER_CONTEXT* pfc, uint request, void* data, nuint first, nuint second) =>
        Open(pfc, new Arguments { Request = request, Buffer = data, Number = first }, nameof(ServerSupportFunction), static (context, given) =>
            context.ServerSupportFunction(given.Request, given.Buffer, given.Number));

    /// <summary>The one door that answers with a pointer; null for a failure.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static void* AllocMem(HTTP_FILTER_CONTEXT* pfc, uint size, uint reserved)
    {
        void* memory = null;
        _ = Open(pfc, new Arguments { Buffer = &memory, Number = size }, nameof(AllocMem), static (context, given) =>
            (*(void**)given.Buffer = context.AllocMem((uint)given.Number)) is null ? Win32Error.NOT_ENOUGH_MEMORY : Win32Error.SUCCESS);
        return memory;
    }

    /// <summary>GetUserToken of AUTH_COMPLETE: there is no token, since no Windows account is logged on.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int GetUserToken(HTTP_FILTER_CONTEXT* pfc, nint* token) =>
        Open(pfc, new Arguments { Buffer = token }, nameof(GetUserToken), static (_, given) =>
        {
            if (given.Buffer is null)
            {
                return Win32Error.INVALID_PARAMETER;
            }

            *(nint*)given.Buffer = 0;
            return Win32Error.NO_TOKEN;
        });

    private static int Open(HTTP_FILTER_CONTEXT* pfc, Arguments arguments, string door, Call call)
    {
        var controls = FloatingPointControls.EnterManaged();
        var error = Answer(pfc, arguments, door, call);
        FloatingPointControls.LeaveManaged(controls);
        return LastError.Answer(error);
    }

    private static Win32Error Answer(HTTP_FILTER_CONTEXT* pfc, Arguments arguments, string door, Call call)
    {
        if (FilterContextTable.Enter(pfc) is not { } context)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        Win32Error error;
        try
        {
            error = call(context, arguments);
        }
        catch (Exception e)
        {
            error = context.Failed(e, door);
        }

        context.Leave();
        return error;
    }

    /// <summary>What a filter gave, unchecked; what the door does not have is null and 0.</summary>
    private readonly ref struct Arguments
    {
        public byte* Name { get; init; }

        public void* Buffer { get; init; }

        public uint* Size { get; init; }

        public uint Request { get; init; }

        public nuint Number { get; init; }

        public ReadOnlySpan<byte> ReadName() => NativeString.Read(Name, NativeString.MaxName + 1);

        /// <summary>The buffer as a text with a NUL at its end, at most as long as a head.</summary>
        public ReadOnlySpan<byte> ReadText() => NativeString.Read((byte*)Buffer, NativeString.MaxHead);
    }
}
