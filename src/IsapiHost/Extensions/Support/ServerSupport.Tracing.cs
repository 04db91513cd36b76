using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Tracing;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Extensions.Support;

/// <content>What extensions want to be traced goes to the log category <c>IsapiHost.Trace</c>, at Debug level.</content>
internal static unsafe partial class ServerSupport
{
    private const uint EveryArea = uint.MaxValue;
    private const uint Verbose = 5;

    private static Win32Error GetTraceInfo(ExtensionRequest request, SupportArguments arguments)
    {
        var info = (HSE_TRACE_INFO*)arguments.Buffer;
        if (info is null)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        info->fTraceRequest = request.Host.Trace.IsEnabled ? 1 : 0;
        WriteTraceId(request, new Span<byte>(info->TraceContextId, 16));
        info->dwReserved1 = 0;
        info->dwReserved2 = 0;
        return Win32Error.SUCCESS;
    }

    private static Win32Error GetTraceInfoEx(ExtensionRequest request, SupportArguments arguments)
    {
        var configuration = (HTTP_TRACE_CONFIGURATION*)arguments.Buffer;
        if (configuration is null || configuration->pProviderGuid is null)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        var enabled = request.Host.Trace.IsEnabled;
        configuration->fProviderEnabled = enabled ? 1 : 0;
        if (enabled)
        {
            configuration->dwAreas = EveryArea;
            configuration->dwVerbosity = Verbose;
        }

        return Win32Error.SUCCESS;
    }

    private static Win32Error RaiseTraceEvent(ExtensionRequest request, SupportArguments arguments)
    {
        var traced = (HTTP_TRACE_EVENT*)arguments.Buffer;
        if (traced is null || traced->cEventItems > TraceEventText.MaxItems || (traced->cEventItems != 0 && traced->pEventItems is null))
        {
            return Win32Error.INVALID_PARAMETER;
        }

        if (request.Host.Trace.IsEnabled)
        {
            request.Host.Trace.Raised(request.Module.Path, traced->dwEvent, TraceEventText.NameOf(traced), TraceEventText.ItemsOf(traced));
        }

        return Win32Error.SUCCESS;
    }

    // The request's W3C trace id, which has the right 16 bytes; where nobody traces, 16 bytes made of the request's own id,
    // so that each call for the request gives the same.
    private static void WriteTraceId(ExtensionRequest request, Span<byte> id)
    {
        if (request.Context.Features.Get<IHttpActivityFeature>()?.Activity is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            activity.TraceId.CopyTo(id);
            return;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(request.Context.TraceIdentifier), hash);
        hash[..id.Length].CopyTo(id);
    }
}
