using System.Collections.Frozen;
using System.Globalization;
using IsapiHost.Interop;
using IsapiHost.Tracing;

namespace IsapiHost.Extensions.Support;

/// <summary>Every request of ServerSupportFunction that HttpExt.h names; each is an entry in the file of its subject.</summary>
internal static class SupportRequests
{
    private static readonly FrozenDictionary<uint, SupportRequest> _all = new[]
    {
        HeadRequests.All, TransferRequests.All, SessionRequests.All, UrlRequests.All, ChildRequestRequests.All, SecurityRequests.All,
        TraceRequests.All, ProcessRequests.All, UnsupportedRequests.All,
    }
    .SelectMany(requests => requests)
    .ToFrozenDictionary(request => request.Number);

    public static IEnumerable<SupportRequest> All => _all.Values;

    /// <summary>The request of a number, or null.</summary>
    public static SupportRequest? Find(uint number) => _all.GetValueOrDefault(number);

    /// <summary>What logs and traces call a request.</summary>
    public static string NameOf(uint number) => Find(number)?.Name ?? number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number that is no request.</summary>
    public static Win32Error RefuseUnknown(ExtensionRequest request, uint number, ref CallRecorder? traced)
    {
        traced = request.Observer.Trace?.Begin(NameOf(number), "");
        return Win32Error.INVALID_PARAMETER;
    }
}
