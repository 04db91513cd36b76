using IsapiHost.Abi;
using IsapiHost.Extensions;

namespace IsapiHost.Filters;

/// <summary>
/// Every <see cref="FilterContext"/> of the process. Slots and their native structures are never freed, so that a filter that keeps a
/// context for too long meets something that can refuse it.
/// </summary>
internal static unsafe class FilterContextTable
{
    private static readonly Lock s_gate = new();
    private static readonly Stack<FilterContext> s_free = new();
    private static FilterContext[] s_slots = [];
    private static int s_count;

    /// <summary>A context to fill, or null when there are as many as ids can name.</summary>
    public static FilterContext? Rent()
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
                var larger = new FilterContext[Math.Max(64, s_slots.Length * 2)];
                s_slots.CopyTo(larger, 0);
                Volatile.Write(ref s_slots, larger);
            }

            var context = new FilterContext(s_count);
            Volatile.Write(ref s_slots[s_count], context);
            s_count++;
            return context;
        }
    }

    public static void Return(FilterContext context)
    {
        lock (s_gate)
        {
            s_free.Push(context);
        }
    }

    /// <summary>
    /// The context behind a native pointer, held until <see cref="FilterContext.Leave"/>. Null unless its filter is inside a notification of
    /// that very connection now: a callback means nothing at any other time. Only ServerContext is read, and only as a number.
    /// </summary>
    public static FilterContext? Enter(HTTP_FILTER_CONTEXT* context)
    {
        if (context is null)
        {
            return null;
        }

        var slots = Volatile.Read(ref s_slots);
        return ConnectionId.TryParse((nint)context->ServerContext, out var id) && id.Index < slots.Length
            && Volatile.Read(ref slots[id.Index]) is { } found && found.TryEnter(id.Generation)
            ? found
            : null;
    }
}
