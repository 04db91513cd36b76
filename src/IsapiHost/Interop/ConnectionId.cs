namespace IsapiHost.Interop;

/// <summary>
/// The value of <c>EXTENSION_CONTROL_BLOCK.ConnID</c>: the index of a slot and the slot's generation, so that the id of a finished
/// request is recognised as stale. Never zero.
/// </summary>
/// <remarks>64-bit processes: 32 bits each. 32-bit processes: 16 bits each.</remarks>
internal readonly record struct ConnectionId(int Index, uint Generation)
{
    private static int IndexBits => nint.Size == 8 ? 32 : 16;

    /// <summary>The number of slots that an id can name.</summary>
    public static int MaxSlots => nint.Size == 8 ? 1 << 20 : (1 << 16) - 2;

    /// <summary>The bits of a generation that an id can carry.</summary>
    public static uint GenerationMask => nint.Size == 8 ? uint.MaxValue : ushort.MaxValue;

    public nint Value => (nint)(((nuint)Generation << IndexBits) | ((nuint)Index + 1));

    public static bool TryParse(nint value, out ConnectionId id)
    {
        var bits = (nuint)value;
        var index = (long)(bits & (((nuint)1 << IndexBits) - 1)) - 1;
        id = new ConnectionId((int)Math.Clamp(index, 0, int.MaxValue), (uint)(bits >> IndexBits));
        return index >= 0 && index < MaxSlots;
    }
}
