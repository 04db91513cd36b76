using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using static IsapiHost.Tests.Transport.Contracts.AcceptedConnection;

namespace IsapiHost.Tests.Transport.Contracts;

/// <summary>What Kestrel and connection middleware may rely on when they write to a connection.</summary>
public sealed class PipeWriterContractTests
{
    // More than the buffers of both ends take.
    private const int Flood = 64 * 1024 * 1024;

    public static TheoryData<TransportKind> Kinds => [TransportKind.Kestrel, TransportKind.Isapi];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Sends_what_is_flushed_and_not_before(TransportKind kind)
    {
        await using var connection = await Open(kind);

        connection.Output.Write("abc"u8);
        Assert.Equal(3, connection.Output.UnflushedBytes);
        Assert.False(connection.Client.Poll(TimeSpan.FromMilliseconds(50), SelectMode.SelectRead));
        var result = await Flush(connection);

        Assert.False(result.IsCompleted || result.IsCanceled);
        Assert.Equal(0, connection.Output.UnflushedBytes);
        Assert.Equal("abc", Encoding.ASCII.GetString(await connection.Receive(3)));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Sends_all_of_it_in_order(TransportKind kind)
    {
        await using var connection = await Open(kind);
        var data = Bytes(3_000_000);
        var receiving = connection.Receive(data.Length);

        // All the ways to write, in pieces of many sizes.
        for (int i = 0, piece = 1; i < data.Length; piece = (piece * 7 % 60_000) + 1)
        {
            var count = Math.Min(piece, data.Length - i);
            if (piece % 3 == 0)
            {
                await connection.Output.WriteAsync(data.AsMemory(i, count)).AsTask().WaitAsync(Patience);
            }
            else if (piece % 3 == 1)
            {
                data.AsSpan(i, count).CopyTo(connection.Output.GetSpan(count));
                connection.Output.Advance(count);
            }
            else
            {
                connection.Output.Write(data.AsSpan(i, count));
                await Flush(connection);
            }

            i += count;
        }

        await Flush(connection);
        Assert.Equal(data, await receiving);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_cancelled_token_flushes_nothing_and_loses_nothing(TransportKind kind)
    {
        await using var connection = await Open(kind);
        connection.Output.Write("abc"u8);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.Output.FlushAsync(new CancellationToken(true)).AsTask());
        await Flush(connection);

        Assert.Equal("abc", Encoding.ASCII.GetString(await connection.Receive(3)));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Flushes_wait_for_a_client_that_takes_nothing_and_a_token_ends_the_wait(TransportKind kind)
    {
        await using var connection = await Open(kind);
        using var source = new CancellationTokenSource();
        var (pending, written) = await FillUp(connection, source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
        Assert.Equal(written, (await connection.Receive(written)).Length);
        connection.Output.Write("abc"u8);
        await Flush(connection);
        Assert.Equal("abc", Encoding.ASCII.GetString(await connection.Receive(3)));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task CancelPendingFlush_ends_a_flush_that_waits(TransportKind kind)
    {
        await using var connection = await Open(kind);
        var (pending, written) = await FillUp(connection);

        connection.Output.CancelPendingFlush();

        Assert.True((await pending).IsCanceled);
        Assert.Equal(written, (await connection.Receive(written)).Length);
        connection.Output.Write("abc"u8);
        Assert.False((await Flush(connection)).IsCanceled);
        Assert.Equal("abc", Encoding.ASCII.GetString(await connection.Receive(3)));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task CancelPendingFlush_ends_the_next_flush_once(TransportKind kind)
    {
        await using var connection = await Open(kind);

        connection.Output.CancelPendingFlush();
        connection.Output.Write("abc"u8);

        Assert.True((await Flush(connection)).IsCanceled);
        Assert.False((await Flush(connection)).IsCanceled);
        Assert.Equal("abc", Encoding.ASCII.GetString(await connection.Receive(3)));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Nothing_is_lost_while_others_cancel(TransportKind kind)
    {
        await using var connection = await Open(kind);
        var data = Bytes(2_000_000);
        using var stop = new CancellationTokenSource();
        var cancelling = Task.Run(
            () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    connection.Output.CancelPendingFlush();
                    Thread.Yield();
                }
            },
            TestContext.Current.CancellationToken);
        var receiving = connection.Receive(data.Length);

        for (var i = 0; i < data.Length; i += 10_000)
        {
            connection.Output.Write(data.AsSpan(i, 10_000));
            await Flush(connection);
        }

        await stop.CancelAsync();
        await cancelling;
        await Flush(connection);
        Assert.Equal(data, await receiving);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_connection_that_the_client_breaks_completes_the_flush(TransportKind kind)
    {
        await using var connection = await Open(kind);
        var (pending, _) = await FillUp(connection);

        connection.Reset();

        Assert.True((await pending).IsCompleted);
        connection.Output.Write("abc"u8);
        Assert.True((await Flush(connection)).IsCompleted);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Abort_completes_a_flush_that_waits(TransportKind kind)
    {
        await using var connection = await Open(kind);
        var (pending, _) = await FillUp(connection);

        connection.Connection.Abort();

        Assert.True((await pending).IsCompleted);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Writes_nothing_after_Complete(TransportKind kind)
    {
        await using var connection = await Open(kind);

        connection.Output.Complete();

        Assert.Throws<InvalidOperationException>(() => connection.Output.GetMemory(1));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task The_end_of_the_connection_comes_behind_all_that_was_written(TransportKind kind)
    {
        await using var connection = await Open(kind);
        var data = Bytes(60_000);
        connection.Output.Write(data);
        await Flush(connection);

        var ending = connection.EndConnection();

        Assert.Equal(data, await connection.Receive(data.Length + 1));
        await ending;
    }

    private static byte[] Bytes(int count)
    {
        var data = new byte[count];
        new Random(1).NextBytes(data);
        return data;
    }

    private static Task<FlushResult> Flush(AcceptedConnection connection) => connection.Output.FlushAsync().AsTask().WaitAsync(Patience);

    // Writes until a flush waits; says which one, and how many bytes were written.
    private static async Task<(Task<FlushResult> Pending, int Written)> FillUp(AcceptedConnection connection, CancellationToken cancellation = default)
    {
        var piece = new byte[16 * 1024];
        for (var written = 0; written < Flood;)
        {
            connection.Output.Write(piece);
            written += piece.Length;
            var flush = connection.Output.FlushAsync(cancellation).AsTask().WaitAsync(Patience, CancellationToken.None);
            if (!flush.IsCompleted && await Task.WhenAny(flush, Task.Delay(200, CancellationToken.None)) != flush)
            {
                return (flush, written);
            }
        }

        throw new InvalidOperationException("No flush waits.");
    }
}
