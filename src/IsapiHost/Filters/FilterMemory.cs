using System.Runtime.InteropServices;

namespace IsapiHost.Filters;

/// <summary>What one filter has got from AllocMem on one connection; freed together when the connection is over. Not thread-safe.</summary>
internal sealed unsafe class FilterMemory
{
    private readonly List<nint> _blocks = [];
    private long _size;

    /// <summary>A block, or null when the connection's limit is reached or there is no memory.</summary>
    public void* Allocate(uint size, long limit)
    {
        if (_size + size > limit)
        {
            return null;
        }

        try
        {
            var block = NativeMemory.Alloc(Math.Max(size, 1));
            _blocks.Add((nint)block);
            _size += size;
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
        _size = 0;
    }
}
