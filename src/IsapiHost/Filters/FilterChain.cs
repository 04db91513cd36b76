using IsapiHost.Abi;

namespace IsapiHost.Filters;

/// <summary>The filters of an application in the order in which they are called. Immutable.</summary>
internal sealed class FilterChain
{
    /// <param name="modules">The filters in load order.</param>
    /// <param name="withoutPriorityFirst">Whether filters that name no priority come before all others, as on IIS 4; else they are low ones.</param>
    public FilterChain(IEnumerable<FilterModule> modules, bool withoutPriorityFirst)
    {
        Filters = [.. modules.OrderByDescending(module => Rank(module, withoutPriorityFirst))];
        Secure = new FilterPort(Filters, isSecure: true);
        NonSecure = new FilterPort(Filters, isSecure: false);
    }

    /// <summary>Highest priority first.</summary>
    public FilterModule[] Filters { get; }

    public FilterPort Secure { get; }

    public FilterPort NonSecure { get; }

    /// <summary>Whether any filter wants the bytes of connections.</summary>
    public bool WantsRawData => Secure.WantsRawData || NonSecure.WantsRawData;

    /// <summary>Whether any filter gets one of these notifications.</summary>
    public bool Wants(uint notifications) => Secure.Wants(notifications) || NonSecure.Wants(notifications);

    private static int Rank(FilterModule module, bool withoutPriorityFirst) =>
        withoutPriorityFirst && (module.Flags & SF_NOTIFY.ORDER_MASK) == 0 ? (int)FilterPriority.High + 1 : (int)module.Priority;
}
