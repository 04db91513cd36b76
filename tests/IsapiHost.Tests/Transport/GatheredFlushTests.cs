using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using IsapiHost.Transport;
using Microsoft.Extensions.Logging.Abstractions;

namespace IsapiHost.Tests.Transport;

/// <summary>Which flushes are sent by themselves and which together with others.</summary>
public sealed class GatheredFlushTests : IDisposable
{
    private const int Record = BlockPool.BlockSize + 22;

    private readonly SocketPair _sockets = new();
    private readonly ManualScheduler _later = new();

    public enum Spoken
    {
        Http1,
        Http2,
        Http1OverTls,
        Http2OverTls,
    }

    public void Dispose() => _sockets.Dispose();

    [Theory]
    [InlineData(Spoken.Http2)]
    [InlineData(Spoken.Http2OverTls)]
    public async Task Sixteen_frames_of_a_multiplexed_connection_are_one_send(Spoken protocol)
    {
        var output = await Begin(protocol);

        for (var i = 0; i < 16; i++)
        {
            await Flush(output, 100);
            await Flush(output, 0);
        }

        Assert.Equal(0, Arrived());
        Assert.Equal(1, _later.Waiting);
        _later.RunAll();
        Assert.Equal(1600, Arrived());
    }

    [Theory]
    [InlineData(Spoken.Http2)]
    [InlineData(Spoken.Http2OverTls)]
    public async Task A_frame_is_sent_without_another_one(Spoken protocol)
    {
        var output = await Begin(protocol);

        for (var i = 0; i < 3; i++)
        {
            await Flush(output, 100);
            Assert.Equal(1, _later.Waiting);
            _later.RunAll();
            Assert.Equal(100, Arrived());
        }
    }

    [Theory]
    [InlineData(Spoken.Http2, null)]
    [InlineData(Spoken.Http2OverTls, null)]
    [InlineData(Spoken.Http1OverTls, null)]
    [InlineData(Spoken.Http1OverTls, 20_000L)]
    [InlineData(Spoken.Http2, 20_000L)]
    public async Task What_may_wait_is_limited(Spoken protocol, long? maxUnsent)
    {
        var output = await Begin(protocol, maxUnsent);

        for (var i = 0; i < 8; i++)
        {
            await Flush(output, Record);
        }

        Assert.InRange(Arrived(), 4 * Record, 8 * Record);
    }

    [Fact]
    public async Task Every_flush_of_HTTP_1_is_sent_at_once()
    {
        var output = await Begin(Spoken.Http1);

        foreach (var size in (int[])[1, 100, Record, 2 * Record])
        {
            await Flush(output, size);
            Assert.Equal(size, Arrived());
        }

        Assert.Equal(0, _later.Waiting);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public async Task Full_records_are_sent_with_the_last_flush_of_a_write(int last)
    {
        var output = await Begin(Spoken.Http1OverTls);

        for (var i = 0; i < 3; i++)
        {
            await Flush(output, Record);
            await Flush(output, Record);
            Assert.Equal(0, Arrived());

            await Flush(output, last);
            Assert.Equal((2 * Record) + last, Arrived());
        }

        Assert.Equal(0, _later.Waiting);
    }

    [Theory]
    [InlineData(Spoken.Http2)]
    [InlineData(Spoken.Http2OverTls)]
    [InlineData(Spoken.Http1OverTls)]
    public async Task What_was_gathered_is_sent_before_the_end(Spoken protocol)
    {
        var output = await Begin(protocol);
        await Flush(output, Record);

        output.Complete();

        await output.Ended.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal(Record, Arrived());
        _later.RunAll();
    }

    [Fact]
    public async Task A_full_record_that_nothing_follows_is_not_forgotten()
    {
        var output = await Begin(Spoken.Http1OverTls);
        await Flush(output, Record);

        output.SendForgotten();

        _later.RunAll();
        Assert.Equal(Record, Arrived());
    }

    // A connection that has sent its first bytes.
    private async Task<SocketPipeWriter> Begin(Spoken protocol, long? maxUnsent = 65_536)
    {
        var output = new SocketPipeWriter(
            _sockets.Server, maxUnsent, new ConnectionClosedSignal(new TransportLog(NullLoggerFactory.Instance)), _ => { }, _later);
        output.GetSpan(1)[0] = protocol switch { Spoken.Http1 => (byte)'H', Spoken.Http2 => 0, _ => 0x16 };
        output.Advance(1);
        await output.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, Arrived());
        output.Layer = protocol switch
        {
            Spoken.Http1OverTls => OutputLayer.Tls,
            Spoken.Http2OverTls => OutputLayer.MultiplexedTls,
            _ => OutputLayer.None,
        };
        return output;
    }

    // Never waits: what a flush waits for must have been sent by it.
    private static async Task Flush(SocketPipeWriter output, int size)
    {
        output.Write(new byte[size]);
        var flushed = output.FlushAsync(TestContext.Current.CancellationToken);
        Assert.True(flushed.IsCompleted);
        await flushed;
    }

    // Over the loopback interface what was sent has arrived.
    private int Arrived()
    {
        var count = 0;
        var buffer = new byte[256 * 1024];
        while (_sockets.Client.Available > 0)
        {
            count += _sockets.Client.Receive(buffer, SocketFlags.None);
        }

        return count;
    }

    private sealed class ManualScheduler : PipeScheduler
    {
        private readonly Queue<(Action<object?> Action, object? State)> _queue = new();

        public int Waiting => _queue.Count;

        public override void Schedule(Action<object?> action, object? state) => _queue.Enqueue((action, state));

        public void RunAll()
        {
            while (_queue.TryDequeue(out var item))
            {
                item.Action(item.State);
            }
        }
    }
}
