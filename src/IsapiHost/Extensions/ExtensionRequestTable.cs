using IsapiHost.Abi;
using IsapiHost.Diagnostics.Violations;

namespace IsapiHost.Extensions;

/// <summary>
/// Every <see cref="ExtensionRequest"/> of the process, in use or waiting to be used again; a <see cref="ConnectionId"/> names one of them.
/// </summary>
/// <remarks>
/// One table for the process, since the native doors are static functions that get nothing but the id.
/// Slots are never freed: an id that an extension kept for too long still meets an object that can refuse it.
/// </remarks>
internal static class ExtensionRequestTable
{
    private static readonly Lock s_gate = new();
    private static readonly Stack<ExtensionRequest> s_free = new();
    private static ExtensionRequest[] s_slots = [];
    private static int s_count;

    /// <summary>A request object to fill, or null when there are as many requests as connection ids can name.</summary>
    public static ExtensionRequest? Rent()
    {
        lock (s_gate)
        {
            if (s_free.TryPop(out var free))
            {
                return free;
            }

            if (s_count == ConnectionId.MaxSlots)
            {
                return null;
            }

            if (s_count == s_slots.Length)
            {
                var larger = new ExtensionRequest[Math.Max(64, s_slots.Length * 2)];
                s_slots.CopyTo(larger, 0);
                Volatile.Write(ref s_slots, larger);
            }

            var request = new ExtensionRequest(s_count);
            Volatile.Write(ref s_slots[s_count], request);
            s_count++;
            return request;
        }
    }

    public static void Return(ExtensionRequest request)
    {
        lock (s_gate)
        {
            s_free.Push(request);
        }
    }

    /// <summary>A door was not opened to this id: tells the host that the slot served last, if that looks for violations.</summary>
    /// <returns>The last error for the caller.</returns>
    public static uint Refused(nint value, string door, uint code)
    {
        var slots = Volatile.Read(ref s_slots);
        if (ConnectionId.TryParse(value, out var id) && id.Index < slots.Length && Volatile.Read(ref slots[id.Index]) is { LastUse: { } last } request
            && request.HadGeneration(id.Generation))
        {
            last.Report(
                code == HSE_REQ.DONE_WITH_SESSION ? ViolationRule.FinishedTwice : ViolationRule.UsedAfterEnd,
                code == 0 ? door : KnownRequests.Name(code));
        }

        return Win32Error.INVALID_PARAMETER;
    }

    /// <summary>Lets every request of a host be looked after.</summary>
    public static void LookAfter(ExtensionHost host, long now)
    {
        foreach (var request in Volatile.Read(ref s_slots))
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
        foreach (var request in Volatile.Read(ref s_slots))
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
        var slots = Volatile.Read(ref s_slots);
        if (ConnectionId.TryParse(value, out var id) && id.Index < slots.Length
            && Volatile.Read(ref slots[id.Index]) is { } request && request.TryEnter(id.Generation))
        {
            return request;
        }

        // Some extensions pass the control block itself (KB 186841). That has no generation to check,
        // so it is accepted only on the thread that is inside this very request's HttpExtensionProc.
        return ExtensionRequest.Running is { } running && running.IsControlBlock(value) && running.TryEnter() ? running : null;
    }
}
