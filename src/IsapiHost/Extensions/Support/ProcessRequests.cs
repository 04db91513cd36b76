using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Tracing;

namespace IsapiHost.Extensions.Support;

/// <summary>The process that runs the extension, and what it keeps in caches.</summary>
internal static unsafe class ProcessRequests
{
    public static SupportRequest[] All { get; } =
    [
        new QueryRequest<NoArguments, uint>(HSE_REQ.IS_IN_PROCESS, nameof(HSE_REQ.IS_IN_PROCESS))
        {
            Decode = Decoders.NoneWithBuffer,
            Handle = static (_, _) => new SupportResult<uint>(HSE_APP_FLAG.IN_PROCESS),
            Store = Decoders.Store,
            DescribeResult = static value => $"{value}",
        },
        new ActionRequest<ReadOnlySpan<byte>>(HSE_REQ.REPORT_UNHEALTHY, nameof(HSE_REQ.REPORT_UNHEALTHY))
        {
            Decode = Decoders.Text,
            Handle = static (request, reason) =>
            {
                request.Host.Health.Report(request.Module.Path, request.Host.Site.AnsiEncoding.GetString(reason));
                return new(Win32Error.SUCCESS);
            },
            Describe = static (reason, _) => DisplayFormatter.Text(reason),
        },

        // A wish that IIS itself no longer acts upon, and whose callers expect a success.
        new ActionRequest<NoArguments>(HSE_REQ.REFRESH_ISAPI_ACL, nameof(HSE_REQ.REFRESH_ISAPI_ACL))
        {
            Decode = Decoders.None,
            Handle = static (_, _) => new(Win32Error.SUCCESS),
        },
        new QueryRequest<NoArguments, NoArguments>(
            HSE_REQ.GET_CACHE_INVALIDATION_CALLBACK, nameof(HSE_REQ.GET_CACHE_INVALIDATION_CALLBACK))
        {
            Decode = Decoders.NoneWithBuffer,
            Handle = static (_, _) => new SupportResult<NoArguments>(default(NoArguments)),
            Store = StoreCacheInvalidation,
        },
    ];

    private static Win32Error StoreCacheInvalidation(SupportPointers pointers, NoArguments result)
    {
        delegate* unmanaged[Stdcall]<char*, int> callback = &InvalidateCache;
        Unsafe.WriteUnaligned(pointers.Buffer, (nint)callback);
        return Win32Error.SUCCESS;
    }

    // PFN_HSE_CACHE_INVALIDATION_CALLBACK. No response is cached here, so whatever it names is out of the cache: S_OK.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    private static int InvalidateCache(char* url) => 0;
}
