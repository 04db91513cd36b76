using System.Runtime.InteropServices;
using IsapiHost.Interop;
using IsapiHost.Tracing;
using IsapiHost.Transport;

namespace IsapiHost.Tests.Tracing;

public sealed unsafe class BufferWatchTests
{
    // Beyond what malloc keeps for itself: freeing it takes it out of the address space.
    private const int Large = 64 * 1024 * 1024;

    [Fact]
    public void A_changed_byte_is_found()
    {
        Assert.SkipUnless(UnsafeMemoryProbe.IsAvailable, "this system does not let a process read its own memory by a system call");
        var buffer = new byte[200_001];
        fixed (byte* start = buffer)
        {
            TransferPart[] parts = [TransferPart.OfMemory(new CallerMemory(start, 100)), TransferPart.OfMemory(new CallerMemory(start + 100, buffer.Length - 100))];
            var watch = BufferWatch.Begin(parts)!;
            Assert.Null(watch.FindChange());

            buffer[^1] = 1;
            Assert.Equal("199901 bytes, changed", watch.FindChange());
        }
    }

    [Fact]
    public void A_freed_buffer_is_found_and_not_touched()
    {
        Assert.SkipUnless(UnsafeMemoryProbe.IsAvailable, "this system does not let a process read its own memory by a system call");
        var buffer = NativeMemory.AllocZeroed(Large);
        var watch = BufferWatch.Begin([TransferPart.OfMemory(new CallerMemory(buffer, Large))])!;
        NativeMemory.Free(buffer);

        Assert.Equal($"{Large} bytes, freed", watch.FindChange());
    }

    [Fact]
    public void Memory_that_is_none_cannot_be_read() => Assert.False(UnsafeMemoryProbe.TryRead(16, new byte[8]));
}
