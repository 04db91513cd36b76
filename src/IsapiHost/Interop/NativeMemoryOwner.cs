using System.Buffers;

namespace IsapiHost.Interop;

/// <summary>Lets managed code that wants a <see cref="Memory{T}"/> read or fill an extension's buffer in place.</summary>
/// <remarks>One object serves one operation after another. The buffer is the extension's until the call, or its completion, is over.</remarks>
internal sealed unsafe class NativeMemoryOwner : MemoryManager<byte>
{
    private byte* _start;
    private int _length;

    public Memory<byte> Use(void* start, int length)
    {
        _start = (byte*)start;
        _length = length;
        return CreateMemory(length);
    }

    public override Span<byte> GetSpan() => new(_start, _length);

    public override MemoryHandle Pin(int elementIndex = 0) => new(_start + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
