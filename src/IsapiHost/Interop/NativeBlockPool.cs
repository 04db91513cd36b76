using System.Numerics;
using System.Runtime.InteropServices;

namespace IsapiHost.Interop;

/// <summary>
/// Native memory for what extensions may look at: it is reused but never given back to the operating system,
/// so that an extension that still reads a finished request's strings reads old text, not an unmapped page.
/// </summary>
/// <remarks>Sizes are powers of two from 1 KiB; thread-safe.</remarks>
internal static unsafe class NativeBlockPool
{
    private const int SmallestLog2 = 10;

    private static readonly Lock s_gate = new();
    private static readonly Stack<nint>[] s_free = [.. Enumerable.Range(0, 32 - SmallestLog2).Select(_ => new Stack<nint>())];

    /// <summary>A block of at least <paramref name="size"/> bytes, with what its last user left in it.</summary>
    public static NativeBlock Rent(int size)
    {
        var log2 = Math.Max(SmallestLog2, BitOperations.Log2((uint)Math.Max(size, 1) - 1) + 1);
        lock (s_gate)
        {
            if (s_free[log2 - SmallestLog2].TryPop(out var free))
            {
                return new NativeBlock((byte*)free, 1 << log2);
            }
        }

        return new NativeBlock((byte*)NativeMemory.Alloc(1u << log2), 1 << log2);
    }

    public static void Return(NativeBlock block)
    {
        lock (s_gate)
        {
            s_free[BitOperations.Log2((uint)block.Size) - SmallestLog2].Push((nint)block.Start);
        }
    }
}
