namespace IsapiHost.Interop;

/// <summary>A rented piece of native memory.</summary>
internal readonly unsafe struct NativeBlock(byte* start, int size)
{
    public byte* Start { get; } = start;

    public int Size { get; } = size;

    public bool IsEmpty => Start is null;

    public Span<byte> Span => new(Start, Size);
}
