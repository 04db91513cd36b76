using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections;
using static IsapiHost.Tests.Transport.Contracts.AcceptedConnection;

namespace IsapiHost.Tests.Transport.Contracts;

/// <summary>What Kestrel and connection middleware may rely on when they read from a connection.</summary>
public sealed class PipeReaderContractTests
{
    public static TheoryData<TransportKind> Kinds => [TransportKind.Kestrel, TransportKind.Isapi];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Gives_what_the_client_sends(TransportKind kind)
    {
        await using var connection = await Open(kind);

        await connection.Send("abc"u8.ToArray());
        var result = await Read(connection);

        Assert.Equal("abc", Text(result));
        Assert.False(result.IsCompleted || result.IsCanceled);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Gives_the_rest_again_until_it_is_consumed(TransportKind kind)
    {
        await using var connection = await Open(kind);
        await connection.Send("abcdef"u8.ToArray());
        var result = await ReadAtLeast(connection, 6);

        connection.Input.AdvanceTo(result.Buffer.GetPosition(2));

        Assert.True(connection.Input.TryRead(out result));
        Assert.Equal("cdef", Text(result));
        connection.Input.AdvanceTo(result.Buffer.End);
        Assert.False(connection.Input.TryRead(out _));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Waits_for_more_when_all_was_examined(TransportKind kind)
    {
        await using var connection = await Open(kind);
        await connection.Send("ab"u8.ToArray());
        var result = await ReadAtLeast(connection, 2);
        connection.Input.AdvanceTo(result.Buffer.Start, result.Buffer.End);

        Assert.False(connection.Input.TryRead(out _));
        var pending = Read(connection);
        Assert.False(pending.IsCompleted);
        await connection.Send("c"u8.ToArray());

        Assert.Equal("abc", Text((await pending)));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Does_not_wait_while_something_is_not_examined(TransportKind kind)
    {
        await using var connection = await Open(kind);
        await connection.Send("ab"u8.ToArray());
        var result = await ReadAtLeast(connection, 2);

        connection.Input.AdvanceTo(result.Buffer.Start, result.Buffer.GetPosition(1));

        Assert.Equal("ab", Text((await Read(connection))));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Reads_at_least_so_much(TransportKind kind)
    {
        await using var connection = await Open(kind);
        var data = Bytes(700_000);
        var sending = connection.Send(data);

        var result = await connection.Input.ReadAtLeastAsync(data.Length).AsTask().WaitAsync(Patience);

        Assert.Equal(data, result.Buffer.ToArray());
        await sending;
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Reading_at_least_so_much_ends_with_the_connection(TransportKind kind)
    {
        await using var connection = await Open(kind);
        await connection.Send("abc"u8.ToArray());
        connection.Client.Shutdown(SocketShutdown.Send);

        var result = await connection.Input.ReadAtLeastAsync(1_000).AsTask().WaitAsync(Patience);

        Assert.True(result.IsCompleted);
        Assert.Equal("abc", Text(result));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Tells_of_the_end_each_time(TransportKind kind)
    {
        await using var connection = await Open(kind);
        await connection.Send("abc"u8.ToArray());
        connection.Client.Shutdown(SocketShutdown.Send);
        await Skip(connection, 3);

        for (var i = 0; i < 3; i++)
        {
            var result = await Read(connection);
            Assert.True(result is { IsCompleted: true, IsCanceled: false, Buffer.IsEmpty: true });
            connection.Input.AdvanceTo(result.Buffer.End);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_cancelled_token_reads_nothing(TransportKind kind)
    {
        await using var connection = await Open(kind);
        await connection.Send("abc"u8.ToArray());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.Input.ReadAsync(new CancellationToken(true)).AsTask());

        Assert.Equal("abc", Text((await ReadAtLeast(connection, 3))));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_token_ends_a_read_that_waits_and_nothing_is_lost(TransportKind kind)
    {
        await using var connection = await Open(kind);
        using var source = new CancellationTokenSource();
        var pending = connection.Input.ReadAsync(source.Token).AsTask();

        await source.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending.WaitAsync(Patience));
        Assert.Equal(source.Token, exception.CancellationToken);
        await connection.Send("abc"u8.ToArray());
        Assert.Equal("abc", Text((await ReadAtLeast(connection, 3))));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_token_that_is_cancelled_after_its_read_changes_nothing(TransportKind kind)
    {
        await using var connection = await Open(kind);
        using var source = new CancellationTokenSource();
        var first = connection.Input.ReadAsync(source.Token).AsTask();
        await connection.Send("a"u8.ToArray());
        connection.Input.AdvanceTo((await first.WaitAsync(Patience)).Buffer.End);
        var second = Read(connection);

        await source.CancelAsync();
        await connection.Send("b"u8.ToArray());

        var result = await second;
        Assert.False(result.IsCanceled);
        Assert.Equal("b", Text(result));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task CancelPendingRead_ends_a_read_that_waits(TransportKind kind)
    {
        await using var connection = await Open(kind);
        var pending = Read(connection);

        connection.Input.CancelPendingRead();

        var result = await pending;
        Assert.True(result is { IsCanceled: true, IsCompleted: false, Buffer.IsEmpty: true });
        connection.Input.AdvanceTo(result.Buffer.End);
        await connection.Send("abc"u8.ToArray());
        Assert.Equal("abc", Text((await ReadAtLeast(connection, 3))));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task CancelPendingRead_gives_what_is_kept(TransportKind kind)
    {
        await using var connection = await Open(kind);
        await connection.Send("ab"u8.ToArray());
        var result = await ReadAtLeast(connection, 2);
        connection.Input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        var pending = Read(connection);

        connection.Input.CancelPendingRead();

        result = await pending;
        Assert.True(result.IsCanceled);
        Assert.Equal("ab", Text(result));
        connection.Input.AdvanceTo(result.Buffer.GetPosition(1), result.Buffer.End);
        pending = Read(connection);
        await connection.Send("c"u8.ToArray());
        Assert.Equal("bc", Text((await pending)));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task CancelPendingRead_ends_the_next_read_once(TransportKind kind)
    {
        await using var connection = await Open(kind);

        connection.Input.CancelPendingRead();

        var result = await Read(connection);
        Assert.True(result.IsCanceled);
        connection.Input.AdvanceTo(result.Buffer.End);
        Assert.False(connection.Input.TryRead(out _));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Nothing_is_lost_while_others_cancel(TransportKind kind)
    {
        await using var connection = await Open(kind);
        var data = Bytes(300_000);
        var received = new List<byte>();
        using var stop = new CancellationTokenSource();
        var cancelling = Task.Run(
            () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    connection.Input.CancelPendingRead();
                    Thread.Yield();
                }
            },
            TestContext.Current.CancellationToken);
        var sending = Task.Run(
            async () =>
            {
                for (var i = 0; i < data.Length; i += 997)
                {
                    await connection.Send(data.AsMemory(i, Math.Min(997, data.Length - i)));
                }
            },
            TestContext.Current.CancellationToken);

        while (received.Count < data.Length)
        {
            var result = await Read(connection);
            var taken = result.Buffer.Slice(0, (result.Buffer.Length + 1) / 2);
            received.AddRange(taken.ToArray());
            connection.Input.AdvanceTo(taken.End, result.Buffer.End);
            if (received.Count + 1 >= data.Length)
            {
                // What was examined and left is given when a cancellation asks for it.
                connection.Input.CancelPendingRead();
            }
        }

        await stop.CancelAsync();
        await Task.WhenAll(cancelling, sending);
        Assert.Equal(data, received);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_second_read_before_the_first_was_advanced_is_refused(TransportKind kind)
    {
        await using var connection = await Open(kind);
        await connection.Send("abc"u8.ToArray());
        await Read(connection);

        Assert.Throws<InvalidOperationException>(() => connection.Input.TryRead(out _));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Read(connection));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Advancing_without_a_read_is_refused(TransportKind kind)
    {
        await using var connection = await Open(kind);
        await connection.Send("abc"u8.ToArray());
        var result = await Read(connection);
        connection.Input.AdvanceTo(result.Buffer.Start);

        Assert.Throws<InvalidOperationException>(() => connection.Input.AdvanceTo(result.Buffer.Start));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Reads_nothing_after_Complete(TransportKind kind)
    {
        await using var connection = await Open(kind);

        connection.Input.Complete();

        Assert.Throws<InvalidOperationException>(() => connection.Input.TryRead(out _));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Read(connection));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_connection_that_the_client_breaks_fails_the_read(TransportKind kind)
    {
        await using var connection = await Open(kind);
        var pending = Read(connection);

        connection.Reset();

        await Assert.ThrowsAsync<ConnectionResetException>(() => pending);
        await Assert.ThrowsAsync<ConnectionResetException>(() => Read(connection));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Abort_fails_a_read_that_waits(TransportKind kind)
    {
        await using var connection = await Open(kind);
        var pending = Read(connection);
        var reason = new ConnectionAbortedException("the test's");

        connection.Connection.Abort(reason);

        var exception = await Assert.ThrowsAsync<ConnectionAbortedException>(() => pending);
        Assert.Equal(reason.Message, exception.Message);
    }

    private static byte[] Bytes(int count)
    {
        var data = new byte[count];
        new Random(1).NextBytes(data);
        return data;
    }

    private static string Text(ReadResult result) => Encoding.ASCII.GetString(result.Buffer);

    private static Task<ReadResult> Read(AcceptedConnection connection) => connection.Input.ReadAsync().AsTask().WaitAsync(Patience);

    private static Task<ReadResult> ReadAtLeast(AcceptedConnection connection, int count) =>
        connection.Input.ReadAtLeastAsync(count).AsTask().WaitAsync(Patience);

    private static async Task Skip(AcceptedConnection connection, int count)
    {
        var result = await ReadAtLeast(connection, count);
        connection.Input.AdvanceTo(result.Buffer.GetPosition(count));
    }
}
