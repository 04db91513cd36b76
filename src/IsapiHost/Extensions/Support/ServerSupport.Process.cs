using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;

namespace IsapiHost.Extensions.Support;

/// <content>The process that runs the extension, and what it keeps in caches.</content>
internal static unsafe partial class ServerSupport
{
    private static Win32Error IsInProcess(SupportArguments arguments) => Store(arguments, HSE_APP_FLAG.IN_PROCESS);

    private static Win32Error ReportUnhealthy(ExtensionRequest request, SupportArguments arguments)
    {
        var reason = NativeString.Read((byte*)arguments.Buffer, NativeString.MaxText);
        request.Host.Health.Report(request.Module.Path, request.Host.Site.AnsiEncoding.GetString(reason));
        return Win32Error.SUCCESS;
    }

    private static Win32Error GetCacheInvalidationCallback(SupportArguments arguments)
    {
        if (arguments.Buffer is null)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        delegate* unmanaged[Stdcall]<char*, int> callback = &InvalidateCache;
        Unsafe.WriteUnaligned(arguments.Buffer, (nint)callback);
        return Win32Error.SUCCESS;
    }

    // PFN_HSE_CACHE_INVALIDATION_CALLBACK. No response is cached here, so whatever it names is out of the cache: S_OK.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    private static int InvalidateCache(char* url) => 0;

    private static Win32Error Store(SupportArguments arguments, uint value)
    {
        if (arguments.Buffer is null)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        Unsafe.WriteUnaligned(arguments.Buffer, value);
        return Win32Error.SUCCESS;
    }
}
