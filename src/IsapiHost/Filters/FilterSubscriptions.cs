using System.Numerics;
using IsapiHost.Interop.Abi;
using IsapiHost.Modules;

namespace IsapiHost.Filters;

/// <summary>Which filters of a chain get which notification on connections of one kind, with TLS or without. Immutable.</summary>
internal sealed class FilterSubscriptions
{
    private const uint Notifications = SF_NOTIFY.PREPROC_HEADERS | SF_NOTIFY.URL_MAP | SF_NOTIFY.AUTHENTICATION | SF_NOTIFY.AUTH_COMPLETE
        | SF_NOTIFY.ACCESS_DENIED | SF_NOTIFY.SEND_RESPONSE | SF_NOTIFY.READ_RAW_DATA | SF_NOTIFY.SEND_RAW_DATA
        | SF_NOTIFY.END_OF_REQUEST | SF_NOTIFY.LOG | SF_NOTIFY.END_OF_NET_SESSION;

    private readonly int[]?[] _receivers = new int[]?[32];

    public FilterSubscriptions(FilterModule[] filters, bool isSecure)
    {
        IsSecure = isSecure;
        var port = isSecure ? SF_NOTIFY.SECURE_PORT : SF_NOTIFY.NONSECURE_PORT;
        Filters = filters;
        for (var bit = 0; bit < _receivers.Length; bit++)
        {
            var notification = 1u << bit;
            int[] receivers = (Notifications & notification) == 0
                ? []
                : [.. Enumerable.Range(0, filters.Length).Where(i => (filters[i].Flags & (port | notification)) == (port | notification))];
            _receivers[bit] = receivers.Length == 0 ? null : receivers;
            Wanted |= receivers.Length == 0 ? 0 : notification;
        }
    }

    public FilterModule[] Filters { get; }

    public bool IsSecure { get; }

    /// <summary>The notifications that at least one filter gets.</summary>
    public uint Wanted { get; }

    public bool WantsRawData => Wants(SF_NOTIFY.READ_RAW_DATA | SF_NOTIFY.SEND_RAW_DATA);

    /// <summary>The indices of the filters that get a notification, in the order of the chain; null when no filter wants it.</summary>
    public int[]? this[uint notification] => _receivers[BitOperations.TrailingZeroCount(notification)];

    public static bool AsksForRawData(FilterModule filter) => (filter.Flags & (SF_NOTIFY.READ_RAW_DATA | SF_NOTIFY.SEND_RAW_DATA)) != 0;

    /// <summary>Whether any filter gets one of these notifications.</summary>
    public bool Wants(uint notifications) => (Wanted & notifications) != 0;
}
