namespace IsapiHost.Interop;

/// <summary>Memory that a native caller gives to be filled.</summary>
internal static unsafe class NativeBuffer
{
    /// <summary>The caller's buffer; empty for a null pointer, whatever size came with it.</summary>
    public static Span<byte> Of(void* buffer, uint size) => new(buffer, buffer is null ? 0 : (int)Math.Min(size, int.MaxValue));
}
