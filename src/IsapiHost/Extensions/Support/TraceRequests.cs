using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Tracing;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Extensions.Support;

/// <summary>What extensions want to be traced goes to the log category <c>IsapiHost.Trace</c>, at Debug level.</summary>
internal static unsafe class TraceRequests
{
    private const uint EveryArea = uint.MaxValue;
    private const uint Verbose = 5;
    private const int IdBytes = 16;

    public static SupportRequest[] All { get; } =
    [
        new QueryRequest<NoArguments, TraceInfoResult>(HSE_REQ.GET_TRACE_INFO, nameof(HSE_REQ.GET_TRACE_INFO))
        {
            Decode = Decoders.NoneWithBuffer,
            Handle = static (request, _) =>
                new SupportResult<TraceInfoResult>(new TraceInfoResult(request.Host.Trace.IsEnabled, TraceId(request))),
            Store = StoreInfo,
            DescribeResult = static info => info.IsTraced ? "traced" : "not traced",
        },
        new QueryRequest<Guid, bool>(HSE_REQ.GET_TRACE_INFO_EX, nameof(HSE_REQ.GET_TRACE_INFO_EX))
        {
            Decode = DecodeProvider,
            Handle = static (request, _) => new SupportResult<bool>(request.Host.Trace.IsEnabled),
            Store = StoreConfiguration,
            Describe = static (provider, _) => $"provider {provider}",
            DescribeResult = static enabled => enabled ? "enabled" : "not enabled",
        },
        new ActionRequest<TraceEventArguments>(HSE_REQ.RAISE_TRACE_EVENT, nameof(HSE_REQ.RAISE_TRACE_EVENT))
        {
            Decode = DecodeEvent,
            Handle = Raise,
            Describe = static (raised, _) => $"event {raised.Event} {DisplayFormatter.Quote(raised.Name)}, {raised.Count} items",
        },
    ];

    private static bool DecodeProvider(SupportPointers pointers, ExtensionRequest request, out Guid provider)
    {
        var configuration = (HTTP_TRACE_CONFIGURATION*)pointers.Buffer;
        var isGiven = configuration is not null && configuration->pProviderGuid is not null;
        provider = isGiven ? *configuration->pProviderGuid : default;
        return isGiven;
    }

    private static bool DecodeEvent(SupportPointers pointers, ExtensionRequest request, out TraceEventArguments raised)
    {
        var given = (HTTP_TRACE_EVENT*)pointers.Buffer;
        if (given is null)
        {
            raised = new TraceEventArguments(0, "", 0, null);
            return false;
        }

        // Text that nobody reads is not made.
        var isPossible = given->cEventItems <= TraceEventText.MaxItems && (given->cEventItems == 0 || given->pEventItems is not null);
        var items = !isPossible ? null : request.Host.Trace.IsEnabled ? TraceEventText.ItemsOf(given) : "";
        raised = new TraceEventArguments(given->dwEvent, TraceEventText.NameOf(given), given->cEventItems, items);
        return true;
    }

    private static Win32Error StoreInfo(SupportPointers pointers, TraceInfoResult result)
    {
        var info = (HSE_TRACE_INFO*)pointers.Buffer;
        info->fTraceRequest = result.IsTraced ? 1 : 0;
        result.Id.CopyTo(new Span<byte>(info->TraceContextId, IdBytes));
        info->dwReserved1 = 0;
        info->dwReserved2 = 0;
        return Win32Error.SUCCESS;
    }

    private static Win32Error StoreConfiguration(SupportPointers pointers, bool enabled)
    {
        var configuration = (HTTP_TRACE_CONFIGURATION*)pointers.Buffer;
        configuration->fProviderEnabled = enabled ? 1 : 0;
        if (enabled)
        {
            configuration->dwAreas = EveryArea;
            configuration->dwVerbosity = Verbose;
        }

        return Win32Error.SUCCESS;
    }

    private static ValueTask<Win32Error> Raise(ExtensionRequest request, TraceEventArguments raised)
    {
        if (raised.Items is not { } items)
        {
            return new(Win32Error.INVALID_PARAMETER);
        }

        if (request.Host.Trace.IsEnabled)
        {
            request.Host.Trace.Raised(request.Module.Path, raised.Event, raised.Name, items);
        }

        return new(Win32Error.SUCCESS);
    }

    // The request's W3C trace id, which has the right 16 bytes; where nobody traces, 16 bytes made of the request's own id,
    // so that each call for the request gives the same.
    private static byte[] TraceId(ExtensionRequest request)
    {
        if (request.Context.Features.Get<IHttpActivityFeature>()?.Activity is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            var id = new byte[IdBytes];
            activity.TraceId.CopyTo(id);
            return id;
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(request.Context.TraceIdentifier))[..IdBytes];
    }
}
