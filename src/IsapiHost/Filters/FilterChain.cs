using IsapiHost.Interop.Abi;
using IsapiHost.Modules;

namespace IsapiHost.Filters;

/// <summary>The filters of an application in the order in which they are called. Immutable.</summary>
internal sealed class FilterChain
{
    /// <param name="modules">The filters in load order.</param>
    /// <param name="withoutPriorityFirst">Whether filters that name no priority come before all others, as on IIS 4; else they are low ones.</param>
    public FilterChain(IEnumerable<FilterModule> modules, bool withoutPriorityFirst)
    {
        Filters = [.. modules.OrderByDescending(module => Rank(module, withoutPriorityFirst))];
        Secure = new FilterSubscriptions(Filters, isSecure: true);
        NonSecure = new FilterSubscriptions(Filters, isSecure: false);
    }

    /// <summary>Highest priority first.</summary>
    public FilterModule[] Filters { get; }

    public FilterSubscriptions Secure { get; }

    public FilterSubscriptions NonSecure { get; }

    /// <summary>Whether any filter wants the bytes of connections.</summary>
    public bool WantsRawData => Secure.WantsRawData || NonSecure.WantsRawData;

    /// <summary>Whether any filter gets one of these notifications.</summary>
    public bool Wants(uint notifications) => Secure.Wants(notifications) || NonSecure.Wants(notifications);

    private static int Rank(FilterModule module, bool withoutPriorityFirst) =>
        withoutPriorityFirst && (module.Flags & SF_NOTIFY.ORDER_MASK) == 0 ? (int)FilterPriority.High + 1 : (int)module.Priority;
}
