using IsapiHost.Interop;
using IsapiHost.Tracing;

namespace IsapiHost.Extensions;

/// <summary>
/// Every <see cref="ExtensionRequest"/> of the process. One table for all hosts, since the native callbacks are static functions that get
/// nothing but the id.
/// </summary>
internal static class ExtensionRequestTable
{
    private static readonly SlotTable<ExtensionRequest> _table = new(index => new ExtensionRequest(index));

    /// <summary>A request object to fill, or null when there are as many requests as connection ids can name.</summary>
    public static ExtensionRequest? Rent() => _table.Rent();

    public static void Return(ExtensionRequest request) => _table.Return(request);

    /// <summary>A callback was refused for its id: tells the host whose request had it, if that looks for violations.</summary>
    /// <param name="value">The id.</param>
    /// <param name="call">What was called.</param>
    /// <param name="isFinish">Whether it was HSE_REQ_DONE_WITH_SESSION.</param>
    /// <returns>The last error for the caller.</returns>
    public static Win32Error Refused(nint value, string call, bool isFinish)
    {
        if (_table.Find(value, out var generation) is { } request && request.Observer.Uses != SlotHistory.None)
        {
            request.Observer.Uses.Report(generation, isFinish ? ViolationRule.FinishedTwice : ViolationRule.UsedAfterEnd, call);
        }

        return Win32Error.INVALID_PARAMETER;
    }

    /// <summary>Tells every request of a host that time has passed.</summary>
    public static void OnHeartbeat(ExtensionHost host, long now)
    {
        foreach (var request in _table.Slots)
        {
            if (request is not null && ReferenceEquals(request.Host, host))
            {
                request.OnHeartbeat(now);
            }
        }
    }

    /// <summary>Stops waiting for what native code still holds of one host.</summary>
    public static void Abandon(ExtensionHost host)
    {
        foreach (var request in _table.Slots)
        {
            if (request is not null && ReferenceEquals(request.Host, host))
            {
                request.Abandon();
            }
        }
    }

    /// <summary>
    /// Finds the live request that a caller names and holds it until its <see cref="RequestLifetime.Release"/>.
    /// Null for an id that is no id, is stale, or whose request was ended by the extension.
    /// </summary>
    public static ExtensionRequest? Enter(nint value) =>
        _table.Find(value, out var generation) is { } request && request.Lifetime.TryEnter(generation) ? request : null;
}
