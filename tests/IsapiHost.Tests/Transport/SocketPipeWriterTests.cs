using System.Buffers;
using IsapiHost.Tests.Transport.Contracts;
using IsapiHost.Transport;
using IsapiHost.Transport.Files;
using static IsapiHost.Tests.Transport.Contracts.AcceptedConnection;

namespace IsapiHost.Tests.Transport;

/// <summary>Memory and files that go past the pipe.</summary>
public sealed class SocketPipeWriterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(20_000)]
    [InlineData(3_000_000)]
    public async Task Memory_goes_out_behind_what_was_written(int size)
    {
        await using var connection = await Open(TransportKind.Isapi);
        var output = (SocketPipeWriter)connection.Output;
        var body = Bytes(size);

        for (var i = 0; i < 5; i++)
        {
            var receiving = connection.Receive(4 + size + 3);
            output.Write("head"u8);
            Assert.True(await output.SendAsync(body).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken));
            output.Write("end"u8);
            await output.FlushAsync(TestContext.Current.CancellationToken);

            byte[] expected = [.. "head"u8, .. body, .. "end"u8];
            Assert.Equal(expected, await receiving);
        }
    }

    [Fact]
    public async Task A_range_of_a_file_goes_out_behind_what_was_written()
    {
        var path = Path.GetTempFileName();
        try
        {
            var content = Bytes(3_000_000);
            await File.WriteAllBytesAsync(path, content, TestContext.Current.CancellationToken);
            await using var connection = await Open(TransportKind.Isapi);
            var output = (SocketPipeWriter)connection.Output;
            using var file = File.OpenHandle(path);
            Assert.Equal(0u, (uint)FileSource.TryOpen(file.DangerousGetHandle(), out var source));
            var receiving = connection.Receive(4 + 2_000_000);

            output.Write("head"u8);
            Assert.True(await output.SendFileAsync(source!, 10, 2_000_000).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken));

            byte[] expected = [.. "head"u8, .. content.AsSpan(10, 2_000_000)];
            Assert.Equal(expected, await receiving);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_file_that_became_shorter_fails_and_nothing_follows()
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, new byte[10], TestContext.Current.CancellationToken);
            await using var connection = await Open(TransportKind.Isapi);
            var output = (SocketPipeWriter)connection.Output;
            using var file = File.OpenHandle(path);
            Assert.Equal(0u, (uint)FileSource.TryOpen(file.DangerousGetHandle(), out var source));

            await Assert.ThrowsAnyAsync<IOException>(
                () => output.SendFileAsync(source!, 0, 20).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken));

            Assert.True((await output.WriteAsync("abc"u8.ToArray(), TestContext.Current.CancellationToken)).IsCompleted);
            Assert.False(await output.SendAsync("abc"u8.ToArray()).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Memory_that_waits_for_a_client_that_leaves_is_not_sent()
    {
        await using var connection = await Open(TransportKind.Isapi);
        var output = (SocketPipeWriter)connection.Output;
        var sending = output.SendAsync(new byte[64 * 1024 * 1024]).AsTask();
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.False(sending.IsCompleted);

        connection.Reset();

        Assert.False(await sending.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.False(await output.SendAsync(new byte[1]).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_is_only_counted_is_not_sent()
    {
        await using var connection = await Open(TransportKind.Isapi);
        var output = (SocketPipeWriter)connection.Output;

        output.Write("a"u8);
        output.SetCounting(true);
        output.GetMemory(1);
        output.Advance(1_000_000);
        output.SetCounting(false);
        output.Write("b"u8);
        Assert.Equal(2, output.UnflushedBytes);
        await output.FlushAsync(TestContext.Current.CancellationToken);

        Assert.Equal("ab"u8.ToArray(), await connection.Receive(2));
    }

    private static byte[] Bytes(int count)
    {
        var data = new byte[count];
        new Random(1).NextBytes(data);
        return data;
    }
}
