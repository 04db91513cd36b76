using IsapiHost.Interop;

namespace IsapiHost.Tests.Interop;

public sealed unsafe class NativeStringTests
{
    [Fact]
    public void Ends_at_the_NUL_or_at_the_limit_wherever_it_begins()
    {
        Span<byte> memory = stackalloc byte[64];
        fixed (byte* start = memory)
        {
            for (var offset = 0; offset < 16; offset++)
            {
                for (var length = 0; length < 40; length++)
                {
                    memory.Fill((byte)'x');
                    memory[offset + length] = 0;

                    Assert.Equal(length, NativeString.Read(start + offset, 48).Length);
                    Assert.Equal(Math.Min(length, 10), NativeString.Read(start + offset, 10).Length);
                }
            }
        }
    }

    [Fact]
    public void A_null_pointer_is_empty() => Assert.True(NativeString.Read(null, 10).IsEmpty);

    [Fact]
    public void A_count_of_zero_means_up_to_the_NUL_and_a_count_that_is_too_large_ends_there_as_well()
    {
        fixed (byte* text = "200 OK\0garbage"u8)
        {
            Assert.Equal("200 OK"u8, NativeString.Read(text, 0, 100));
            Assert.Equal("200 OK"u8, NativeString.Read(text, 7, 100));
            Assert.Equal("200 OK"u8, NativeString.Read(text, 13, 100));
            Assert.Equal("200"u8, NativeString.Read(text, 3, 100));
        }
    }
}
