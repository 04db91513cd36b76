using IsapiHost.Interop;
using IsapiHost.Interop.Abi;

namespace IsapiHost.Filters;

/// <summary>Every <see cref="FilterContext"/> of the process.</summary>
internal static unsafe class FilterContextTable
{
    // A filter that keeps the pointer to a context past its connection's end would be let in when another connection has it: not so soon.
    private const int Rest = 1024;

    private static readonly SlotTable<FilterContext> s_table = new(index => new FilterContext(index), Rest);

    /// <summary>A context to fill, or null when there are as many as ids can name.</summary>
    public static FilterContext? Rent() => s_table.Rent();

    public static void Return(FilterContext context) => s_table.Return(context);

    /// <summary>
    /// The context behind a native pointer, held until <see cref="FilterContext.Leave"/>. Null unless its filter is inside a notification of
    /// that very connection now: a callback means nothing at any other time. Only ServerContext is read, and only as a number.
    /// </summary>
    public static FilterContext? Enter(HTTP_FILTER_CONTEXT* context) =>
        context is not null && s_table.Find((nint)context->ServerContext, out var generation) is { } found && found.TryEnter(generation)
            ? found
            : null;
}
