using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using static IsapiHost.Tests.Transport.Contracts.AcceptedConnection;

namespace IsapiHost.Tests.Transport.Contracts;

/// <summary>ConnectionClosed: applications and middleware hang on it what must end with the connection.</summary>
public sealed class ConnectionClosedContractTests
{
    public static TheoryData<TransportKind> Kinds => [TransportKind.Kestrel, TransportKind.Isapi];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Is_cancelled_when_the_client_ends_the_connection(TransportKind kind)
    {
        await using var connection = await Open(kind);
        var closed = Closed(connection);
        var reading = connection.Input.ReadAsync().AsTask();

        connection.Client.Shutdown(SocketShutdown.Send);

        await closed.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.True((await reading).IsCompleted);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Is_cancelled_when_the_client_breaks_the_connection_while_nobody_reads(TransportKind kind)
    {
        await using var connection = await Open(kind);
        var closed = Closed(connection);

        connection.Reset();

        await closed.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Is_cancelled_by_Abort(TransportKind kind)
    {
        await using var connection = await Open(kind);
        var closed = Closed(connection);

        connection.Connection.Abort();

        await closed.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Is_cancelled_when_the_server_ends_the_connection(TransportKind kind)
    {
        await using var connection = await Open(kind);
        var closed = Closed(connection);

        await connection.EndConnection();

        Assert.True(closed.IsCompleted);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_callback_that_throws_is_logged_and_keeps_none_of_the_others_from_running(TransportKind kind)
    {
        var log = new KeptLog();
        await using var connection = await Open(kind, loggers: log);
        var first = Closed(connection);
        connection.Connection.ConnectionClosed.Register(() => throw new InvalidOperationException("the callback's"));
        var last = Closed(connection);

        await connection.EndConnection();

        Assert.True(first.IsCompleted && last.IsCompleted);
        Assert.Contains("the callback's", log.Text, StringComparison.Ordinal);
    }

    /// <summary>Not Kestrel's own: there a read may fail before, which is seldom since it reads ahead.</summary>
    [Fact]
    public async Task Its_callbacks_have_run_before_a_read_fails()
    {
        for (var i = 0; i < 200; i++)
        {
            await using var connection = await Open(TransportKind.Isapi);
            var told = false;
            connection.Connection.ConnectionClosed.Register(() =>
            {
                Thread.Sleep(1);
                Volatile.Write(ref told, true);
            });
            var reading = connection.Input.ReadAsync().AsTask();

            connection.Reset();

            await Assert.ThrowsAnyAsync<IOException>(() => reading.WaitAsync(Patience));
            Assert.True(told);
        }
    }

    /// <summary>As with reads.</summary>
    [Fact]
    public async Task Its_callbacks_have_run_before_a_flush_says_that_the_client_has_gone()
    {
        for (var i = 0; i < 50; i++)
        {
            await using var connection = await Open(TransportKind.Isapi);
            var told = false;
            connection.Connection.ConnectionClosed.Register(() =>
            {
                Thread.Sleep(1);
                Volatile.Write(ref told, true);
            });

            connection.Reset();

            FlushResult result;
            do
            {
                result = await connection.Output.WriteAsync(new byte[10_000]).AsTask().WaitAsync(Patience);
            }
            while (!result.IsCompleted);
            Assert.True(told);
        }
    }

    [Fact]
    public async Task A_callback_that_waits_for_the_read_itself_does_not_keep_it_for_ever()
    {
        await using var connection = await Open(TransportKind.Isapi);
        var reading = connection.Input.ReadAsync().AsTask();
        var waited = false;
        connection.Connection.ConnectionClosed.Register(() => waited = ((IAsyncResult)reading).AsyncWaitHandle.WaitOne(Patience));

        connection.Client.Shutdown(SocketShutdown.Send);

        Assert.True((await reading.WaitAsync(Patience, TestContext.Current.CancellationToken)).IsCompleted);
        await connection.EndConnection();
        Assert.True(waited);
    }

    private static Task Closed(AcceptedConnection connection)
    {
        var closed = new TaskCompletionSource();
        connection.Connection.ConnectionClosed.Register(closed.SetResult);
        return closed.Task;
    }

    private sealed class KeptLog : ILoggerFactory, ILogger
    {
        private string _text = string.Empty;

        public string Text => Volatile.Read(ref _text);

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Volatile.Write(ref _text, $"{_text}{exception}\n");

        public void Dispose()
        {
        }
    }
}
