using System.Net.Sockets;
using System.Runtime.Versioning;
using IsapiHost.Threading;
using IsapiHost.Transport.Polling;

namespace IsapiHost.Tests.Transport.Polling;

[SupportedOSPlatform("linux")]
public sealed class PolledReceiveTests
{
    private const string OnlyLinux = "epoll(7) is Linux'; elsewhere receives are .NET's own.";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public static bool IsLinux => OperatingSystem.IsLinux();

    [Fact(Skip = OnlyLinux, SkipUnless = nameof(IsLinux))]
    public void What_is_there_already_is_received_at_once()
    {
        using var end = new Receiving();
        end.Sockets.Client.Send("abc"u8);
        Assert.True(end.Sockets.Server.Poll(s_patience, SelectMode.SelectRead));

        end.Room = new byte[10];
        Assert.False(end.Receive.Start());

        Assert.Equal((SocketError.Success, 3), (end.Receive.SocketError, end.Receive.BytesTransferred));
    }

    [Fact(Skip = OnlyLinux, SkipUnless = nameof(IsLinux))]
    public async Task What_comes_later_is_announced_and_nothing_is_lost_between_looking_and_waiting()
    {
        const int Rounds = 20_000;
        using var end = new Receiving();
        var client = Task.Run(() =>
        {
            Span<byte> answer = stackalloc byte[1];
            for (var i = 0; i < Rounds; i++)
            {
                end.Sockets.Client.Send([(byte)i]);
                Assert.Equal(1, end.Sockets.Client.Receive(answer));
            }
        }, TestContext.Current.CancellationToken);

        var buffer = new byte[1];
        for (var i = 0; i < Rounds; i++)
        {
            end.Get(buffer);
            Assert.Equal((byte)i, buffer[0]);
            end.Sockets.Server.Send(buffer);
        }

        await client.WaitAsync(s_patience, TestContext.Current.CancellationToken);
    }

    [Fact(Skip = OnlyLinux, SkipUnless = nameof(IsLinux))]
    public void The_end_of_the_connection_is_a_receive_of_nothing()
    {
        using var end = new Receiving();
        Assert.True(end.Receive.Start());

        end.Sockets.Client.Shutdown(SocketShutdown.Send);

        end.Wait();
        Assert.Equal((SocketError.Success, 0), (end.Receive.SocketError, end.Receive.BytesTransferred));
    }

    [Fact(Skip = OnlyLinux, SkipUnless = nameof(IsLinux))]
    public void Closing_ends_what_waits_and_what_comes_after()
    {
        using var end = new Receiving();
        Assert.True(end.Receive.Start());

        end.Receive.Close();

        end.Wait();
        Assert.Equal(SocketError.OperationAborted, end.Receive.SocketError);
        Assert.False(end.Receive.Start());
        Assert.Equal(SocketError.OperationAborted, end.Receive.SocketError);
    }

    [Fact(Skip = OnlyLinux, SkipUnless = nameof(IsLinux))]
    public void Goes_on_where_it_was_told_to_once_and_then_on_the_thread_pool()
    {
        using var threads = new ExtensionThreadPool(threadLimit: 2, queueLimit: 10);
        using var end = new Receiving();

        end.Receive.ContinueOn = threads;
        end.SendAndGet();
        Assert.True(end.WasOnExtensionThread);

        end.SendAndGet();
        Assert.False(end.WasOnExtensionThread);
    }

    [Fact(Skip = OnlyLinux, SkipUnless = nameof(IsLinux))]
    public void Goes_on_elsewhere_when_every_extension_thread_is_blocked()
    {
        using var threads = new ExtensionThreadPool(threadLimit: 2, queueLimit: 10);
        using var release = new ManualResetEventSlim();
        using var end = new Receiving();
        for (var i = 0; i < threads.ThreadLimit; i++)
        {
            Assert.True(threads.TryQueue(new Blocking(release)));
        }

        end.Receive.ContinueOn = threads;
        end.SendAndGet();

        Assert.False(end.WasOnExtensionThread);
        release.Set();
    }

    [Fact(Skip = OnlyLinux, SkipUnless = nameof(IsLinux))]
    public void Goes_on_elsewhere_when_the_extension_threads_have_ended()
    {
        var threads = new ExtensionThreadPool(threadLimit: 2, queueLimit: 10);
        threads.Dispose();
        using var end = new Receiving();

        end.Receive.ContinueOn = threads;
        end.SendAndGet();

        Assert.False(end.WasOnExtensionThread);
    }

    private sealed class Blocking(ManualResetEventSlim release) : ExtensionWork
    {
        public override void Run() => release.Wait(s_patience);

        public override void ThreadLost()
        {
        }
    }

    private sealed class Receiving : IReceiver, IDisposable
    {
        private readonly SemaphoreSlim _ended = new(0);
        private readonly SocketPoll _poll;

        public Receiving()
        {
            _poll = new SocketPoll();
            Receive = _poll.Watch(Sockets.Server, this);
        }

        public byte[] Room { get; set; } = new byte[1];

        public SocketPair Sockets { get; } = new();

        public PolledReceive Receive { get; }

        public bool WasOnExtensionThread { get; private set; }

        public void Wait() => Assert.True(_ended.Wait(s_patience, TestContext.Current.CancellationToken));

        public Memory<byte> GetRoom() => Room;

        public void ReturnRoom()
        {
        }

        public void OnReceived()
        {
            WasOnExtensionThread = ExtensionThread.IsCurrent;
            _ended.Release();
        }

        public void Get(byte[] buffer)
        {
            Room = buffer;
            if (Receive.Start())
            {
                Wait();
            }

            Assert.Equal((SocketError.Success, buffer.Length), (Receive.SocketError, Receive.BytesTransferred));
        }

        public void SendAndGet()
        {
            Assert.True(Receive.Start());
            Sockets.Client.Send("x"u8);
            Wait();
            Assert.Equal((SocketError.Success, 1), (Receive.SocketError, Receive.BytesTransferred));
        }

        public void Dispose()
        {
            Receive.Close();
            Sockets.Dispose();
            _poll.Dispose();
            _poll.Dispose(); // as Kestrel does
            _ended.Dispose();
        }
    }
}
