using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Tracing;

namespace IsapiHost.Extensions;

/// <summary>
/// Every <see cref="ExtensionRequest"/> of the process. One table for all hosts, since the native doors are static functions that get
/// nothing but the id.
/// </summary>
internal static class ExtensionRequestTable
{
    private static readonly SlotTable<ExtensionRequest> s_table = new(index => new ExtensionRequest(index));

    /// <summary>A request object to fill, or null when there are as many requests as connection ids can name.</summary>
    public static ExtensionRequest? Rent() => s_table.Rent();

    public static void Return(ExtensionRequest request) => s_table.Return(request);

    /// <summary>A door was not opened to this id: tells the host whose request had it, if that looks for violations.</summary>
    /// <returns>The last error for the caller.</returns>
    public static Win32Error Refused(nint value, ExtensionCall call)
    {
        if (s_table.Find(value, out var generation) is { } request && request.Uses != SlotHistory.None)
        {
            var isFinish = call is { Door: ExtensionCallback.ServerSupportFunction, Code: HSE_REQ.DONE_WITH_SESSION };
            request.Uses.Report(generation, isFinish ? ViolationRule.FinishedTwice : ViolationRule.UsedAfterEnd, call.Name);
        }

        return Win32Error.INVALID_PARAMETER;
    }

    /// <summary>Lets every request of a host be looked after.</summary>
    public static void LookAfter(ExtensionHost host, long now)
    {
        foreach (var request in s_table.Slots)
        {
            if (request is not null && ReferenceEquals(request.Host, host))
            {
                request.LookAfter(now);
            }
        }
    }

    /// <summary>Stops waiting for what native code still holds of one host.</summary>
    public static void Abandon(ExtensionHost host)
    {
        foreach (var request in s_table.Slots)
        {
            if (request is not null && ReferenceEquals(request.Host, host))
            {
                request.Abandon();
            }
        }
    }

    /// <summary>
    /// Finds the live request that a native caller names and holds it until <see cref="ExtensionRequest.Leave"/>.
    /// Null for an id that is no id, is stale, or whose request was ended by the extension.
    /// </summary>
    public static ExtensionRequest? Enter(nint value)
    {
        if (s_table.Find(value, out var generation) is { } request && request.TryEnter(generation))
        {
            return request;
        }

        // Some extensions pass the control block itself (KB 186841). That has no generation to check,
        // so it is accepted only on the thread that is inside this very request's HttpExtensionProc.
        return ExtensionRequest.Running is { } running && running.IsControlBlock(value) && running.TryEnter() ? running : null;
    }
}
