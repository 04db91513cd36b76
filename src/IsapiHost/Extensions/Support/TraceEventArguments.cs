namespace IsapiHost.Extensions.Support;

/// <summary>HSE_REQ_RAISE_TRACE_EVENT.</summary>
/// <param name="Event">dwEvent.</param>
/// <param name="Name">pszEventName, bounded, without control characters.</param>
/// <param name="Count">cEventItems.</param>
/// <param name="Items">The items as text; null when there are more than there can be, or no array.</param>
internal sealed record TraceEventArguments(uint Event, string Name, uint Count, string? Items);
