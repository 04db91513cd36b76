using System.Text;

namespace IsapiHost.Interop;

/// <summary>Strings for the structure of one notification, in native memory until it is over.</summary>
internal sealed unsafe class NativeStrings(Encoding encoding) : IDisposable
{
    private readonly List<NativeBlock> _blocks = [];

    /// <summary>A copy with its NUL; of null an empty one.</summary>
    public byte* Add(ReadOnlySpan<char> text)
    {
        var block = NativeBlockPool.Rent(encoding.GetMaxByteCount(text.Length) + 1);
        _blocks.Add(block);
        block.Span[encoding.GetBytes(text, block.Span[..^1])] = 0;
        return block.Start;
    }

    public void Dispose()
    {
        foreach (var block in _blocks)
        {
            NativeBlockPool.Return(block);
        }
    }
}
