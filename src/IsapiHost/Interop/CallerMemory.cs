namespace IsapiHost.Interop;

/// <summary>
/// Memory that a caller lends until its call, or the completion of the operation that it has begun, is over: a buffer of native code in this
/// process, or a part of memory that is shared with another one. Made only where a callback is decoded, with a length that was checked there.
/// </summary>
internal readonly unsafe struct CallerMemory
{
    private readonly byte* _start;

    /// <param name="start">Null only for no bytes.</param>
    /// <param name="length">Bytes; may be more than a span can hold.</param>
    public CallerMemory(void* start, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _start = (byte*)start;
        Length = start is null ? 0 : length;
    }

    public long Length { get; }

    public bool IsEmpty => Length == 0;

    /// <summary>The bytes; of more than 2 GiB the first ones.</summary>
    public Span<byte> Span => new(_start, (int)Math.Min(Length, int.MaxValue));

    public CallerMemory Slice(long start) => Slice(start, Length - start);

    public CallerMemory Slice(long start, long length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)start, (ulong)Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)length, (ulong)(Length - start));
        return new CallerMemory(_start + start, length);
    }

    /// <summary>The bytes for code that can wait; of more than 2 GiB the first ones.</summary>
    /// <param name="owner">Serves one operation at a time.</param>
    public Memory<byte> AsMemory(NativeMemoryOwner owner) => owner.Use(_start, (int)Math.Min(Length, int.MaxValue));

    /// <summary>Copies bytes that the caller may have given back although it must not; false if they cannot be read.</summary>
    public bool TryRead(long start, Span<byte> destination) => UnsafeMemoryProbe.TryRead((nint)_start + (nint)start, destination);
}
