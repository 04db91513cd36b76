namespace IsapiHost.Workers.Protocol;

/// <summary>The value of ConnID in a worker: the number of its slot and one in the low half of a pointer, a generation in the high half.</summary>
internal static class WorkerConnection
{
    /// <summary>Slots that a value can name.</summary>
    public static int MaxSlots(int pointerSize) => pointerSize == sizeof(ulong) ? 1 << 20 : ushort.MaxValue - 1;

    public static ulong Of(int slot, uint generation, int pointerSize) =>
        pointerSize == sizeof(ulong) ? ((ulong)generation << 32) | ((uint)slot + 1) : ((ulong)(ushort)generation << 16) | (ushort)(slot + 1);
}
