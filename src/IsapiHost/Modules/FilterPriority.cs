namespace IsapiHost.Modules;

/// <summary>The place of a filter among the others, for all of its notifications (HttpFilt.h, SF_NOTIFY_ORDER_*). Equal ones are called in load order.</summary>
public enum FilterPriority
{
    /// <summary>SF_NOTIFY_ORDER_LOW, also the default: called last, but first for SEND_RAW_DATA.</summary>
    Low,

    /// <summary>SF_NOTIFY_ORDER_MEDIUM.</summary>
    Medium,

    /// <summary>SF_NOTIFY_ORDER_HIGH: nearest to the client.</summary>
    High,
}
