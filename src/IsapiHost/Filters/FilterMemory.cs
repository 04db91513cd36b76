using System.Runtime.InteropServices;

namespace IsapiHost.Filters;

/// <summary>What one filter has got from AllocMem on one connection; freed together when the connection is over. Not thread-safe.</summary>
internal sealed unsafe class FilterMemory
{
    private readonly List<nint> _blocks = [];

    /// <summary>Bytes in use.</summary>
    public long Size { get; private set; }

    /// <summary>A block of zeroes, or null when there would be more than the limit or there is no memory.</summary>
    public void* Allocate(uint size, long limit)
    {
        if (Size + size > limit)
        {
            return null;
        }

        try
        {
            // IIS promises no zeroes, but filters that read a field of their context before they have set it are in use.
            var block = NativeMemory.AllocZeroed(Math.Max(size, 1));
            _blocks.Add((nint)block);
            Size += size;
            return block;
        }
        catch (OutOfMemoryException)
        {
            return null;
        }
    }

    public void Free()
    {
        foreach (var block in _blocks)
        {
            NativeMemory.Free((void*)block);
        }

        _blocks.Clear();
        Size = 0;
    }
}
