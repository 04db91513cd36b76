using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Mapping;

namespace IsapiHost.Filters;

/// <summary>
/// Everything that a filter can call: the functions whose addresses stand in HTTP_FILTER_CONTEXT and in the structures of the notifications
/// (HttpFilt.h).
/// </summary>
/// <remarks>
/// As <see cref="Extensions.InProcess.ExtensionCallbacks"/>: find the context, make values of the pointers, let the context do what is asked, FALSE
/// and a last error for every failure.
/// </remarks>
internal static unsafe class FilterCallbacks
{
    private delegate Win32Error Callback(FilterContext context, in Pointers given);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int GetServerVariable(HTTP_FILTER_CONTEXT* pfc, byte* name, void* buffer, uint* size) =>
        Call(pfc, nameof(GetServerVariable), new Pointers { Name = name, Buffer = buffer, Size = size }, static (context, in given) =>
            given.Name is null || given.Size is null
                ? Win32Error.INVALID_PARAMETER
                : context.GetServerVariable(given.ReadName(), NativeBuffer.Of(given.Buffer, *given.Size), ref *given.Size));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int GetHeader(HTTP_FILTER_CONTEXT* pfc, byte* name, void* buffer, uint* size) =>
        Call(pfc, nameof(GetHeader), new Pointers { Name = name, Buffer = buffer, Size = size }, static (context, in given) =>
            given.Name is null || given.Size is null
                ? Win32Error.INVALID_PARAMETER
                : context.GetHeader(given.ReadName(), NativeBuffer.Of(given.Buffer, *given.Size), ref *given.Size));

    // A header value may be as long as a whole head; Tomcat's connector carries certificates in one.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int SetHeader(HTTP_FILTER_CONTEXT* pfc, byte* name, byte* value) =>
        Call(pfc, nameof(SetHeader), new Pointers { Name = name, Buffer = value }, static (context, in given) =>
            given.Name is null ? Win32Error.INVALID_PARAMETER : context.PutHeader(given.ReadName(), given.ReadText(), adds: false));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int AddHeader(HTTP_FILTER_CONTEXT* pfc, byte* name, byte* value) =>
        Call(pfc, nameof(AddHeader), new Pointers { Name = name, Buffer = value }, static (context, in given) =>
            given.Name is null ? Win32Error.INVALID_PARAMETER : context.PutHeader(given.ReadName(), given.ReadText(), adds: true));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int AddResponseHeaders(HTTP_FILTER_CONTEXT* pfc, byte* headers, uint reserved) =>
        Call(pfc, nameof(AddResponseHeaders), new Pointers { Buffer = headers }, static (context, in given) =>
            given.Buffer is null ? Win32Error.INVALID_PARAMETER : context.AddResponseHeaders(given.ReadText()));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int WriteClient(HTTP_FILTER_CONTEXT* pfc, void* buffer, uint* bytes, uint reserved) =>
        Call(pfc, nameof(WriteClient), new Pointers { Buffer = buffer, Size = bytes }, static (context, in given) =>
            given.Size is null || (given.Buffer is null && *given.Size != 0) || *given.Size > int.MaxValue
                ? Win32Error.INVALID_PARAMETER
                : context.WriteClient(new CallerMemory(given.Buffer, *given.Size)));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int ServerSupportFunction(HTTP_FILTER_CONTEXT* pfc, uint request, void* data, nuint first, nuint second) =>
        Call(pfc, nameof(ServerSupportFunction), new Pointers { Request = request, Buffer = data, Number = first }, Support);

    /// <summary>The one callback that gives a pointer; null for a failure.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static void* AllocMem(HTTP_FILTER_CONTEXT* pfc, uint size, uint reserved)
    {
        void* memory = null;
        _ = Call(pfc, nameof(AllocMem), new Pointers { Buffer = &memory, Number = size }, static (context, in given) =>
            (*(void**)given.Buffer = context.AllocMem((uint)given.Number)) is null ? Win32Error.NOT_ENOUGH_MEMORY : Win32Error.SUCCESS);
        return memory;
    }

    /// <summary>GetUserToken of AUTH_COMPLETE: there is no token, since no Windows account is logged on.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    public static int GetUserToken(HTTP_FILTER_CONTEXT* pfc, nint* token) =>
        Call(pfc, nameof(GetUserToken), new Pointers { Buffer = token }, static (_, in given) =>
        {
            if (given.Buffer is null)
            {
                return Win32Error.INVALID_PARAMETER;
            }

            *(nint*)given.Buffer = 0;
            return Win32Error.NO_TOKEN;
        });

    // pData and ul1; ul2 means something only to requests that are not supported.
    private static Win32Error Support(FilterContext context, in Pointers given) => given.Request switch
    {
        SF_REQ.SEND_RESPONSE_HEADER => context.SendResponseHeader(
            NativeString.Read((byte*)given.Buffer, NativeString.MaxText), NativeString.Read((byte*)given.Number, NativeString.MaxHead)),
        SF_REQ.ADD_HEADERS_ON_DENIAL when given.Buffer is not null => context.AddHeadersOnDenial(given.ReadText()),
        SF_REQ.SET_NEXT_READ_SIZE => context.SetNextReadSize(given.Number),

        // Obsolete since IIS 4, and answered there in the same way.
        SF_REQ.SET_PROXY_INFO => Win32Error.SUCCESS,
        SF_REQ.GET_CONNID or SF_REQ.SET_CERTIFICATE_INFO => Win32Error.NOT_SUPPORTED,
        SF_REQ.GET_PROPERTY when given.Buffer is not null => context.GetProperty(given.Number, ref *(uint*)given.Buffer),
        SF_REQ.NORMALIZE_URL when given.Buffer is not null => NormalizeUrl((byte*)given.Buffer),
        SF_REQ.DISABLE_NOTIFICATIONS => context.DisableNotifications((uint)given.Number),
        _ => Win32Error.INVALID_PARAMETER,
    };

    private static Win32Error NormalizeUrl(byte* url)
    {
        var length = NativeString.Read(url, NativeString.MaxUrl).Length;
        var shorter = UrlNormalizer.Normalize(new Span<byte>(url, length));
        if (shorter < length)
        {
            url[shorter] = 0;
        }

        return Win32Error.SUCCESS;
    }

    private static int Call(HTTP_FILTER_CONTEXT* pfc, string name, in Pointers given, Callback callback)
    {
        var controls = FloatingPointControls.EnterManaged();
        var error = Guarded(pfc, name, given, callback);
        FloatingPointControls.LeaveManaged(controls);
        return LastError.Answer(error);
    }

    private static Win32Error Guarded(HTTP_FILTER_CONTEXT* pfc, string name, in Pointers given, Callback callback)
    {
        if (FilterContextTable.Enter(pfc) is not { } context)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        Win32Error error;
        try
        {
            error = callback(context, given);
        }
        catch (Exception e)
        {
            error = context.Failed(e, name);
        }

        context.Leave();
        return error;
    }

    /// <summary>What a filter gave, unchecked; what the callback does not have is null and 0.</summary>
    private readonly struct Pointers
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
