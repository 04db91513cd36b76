using System.Globalization;
using IsapiHost.Workers;
using IsapiHost.Workers.Jobs;
using IsapiHost.Workers.Processes;
using IsapiHost.Workers.Protocol;

namespace IsapiHost.Tests.Workers;

/// <summary>A worker whose memory is overwritten says anything at all: the host ends it and lives on.</summary>
public sealed class HostileWorkerTests
{
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("random", 60)]
    [InlineData("mutated", 100)]
    [InlineData("length", 3)]
    [InlineData("lanes", 3)]
    [InlineData("changing", 10)]
    [InlineData("endless", 3)]
    public async Task Whatever_a_worker_says_the_host_goes_on(string how, int times)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the liar is a Linux program");
        for (var seed = 0; seed < times; seed++)
        {
            var calls = new RecordedCalls();
            using var worker = await WorkerChannel.StartAsync(
                WorkerFiles.Liar(how, seed), calls, new WorkerSettings { JobLanes = 4, ForeignLanes = 1 }, TestContext.Current.CancellationToken);
            var job = new PingJob();
            worker.Post(job);
            await Task.WhenAny(job.Result, Task.Delay(10, TestContext.Current.CancellationToken));
            worker.Dispose();

            // By the lie, or at the latest by the end.
            await Assert.ThrowsAsync<WorkerGoneException>(() => job.Result.WaitAsync(_bound, TestContext.Current.CancellationToken));
            await calls.WhenEnded.WaitAsync(_bound, TestContext.Current.CancellationToken);
        }
    }

    [Theory]
    [InlineData("length")]
    [InlineData("lanes")]
    public async Task A_lie_that_is_noticed_ends_the_worker(string how)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the liar is a Linux program");
        var calls = new RecordedCalls();
        using var worker = await WorkerChannel.StartAsync(
            WorkerFiles.Liar(how, 1), calls, new WorkerSettings { JobLanes = 4, ForeignLanes = 1 }, TestContext.Current.CancellationToken);
        worker.Post(new PingJob());
        var end = await calls.WhenEnded.WaitAsync(_bound, TestContext.Current.CancellationToken);
        Assert.Contains("protocol", end.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_says_nothing_ends_when_it_is_told_to()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the liar is a Linux program");
        var calls = new RecordedCalls();
        using var worker = await WorkerChannel.StartAsync(
            WorkerFiles.Liar("silent", 1), calls, new WorkerSettings { JobLanes = 4, ForeignLanes = 1 }, TestContext.Current.CancellationToken);
        var job = new PingJob();
        worker.Post(job);
        worker.Kill("enough");
        await Assert.ThrowsAsync<WorkerGoneException>(() => job.Result.WaitAsync(_bound, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_worker_that_does_not_get_ready_is_given_up()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the liar is a Linux program");
        var program = WorkerFiles.Liar("late", 1);
        var settings = new WorkerSettings { JobLanes = 1, ForeignLanes = 1, StartBound = TimeSpan.FromMilliseconds(200) };
        var failure = await Assert.ThrowsAsync<WorkerStartException>(
            () => WorkerChannel.StartAsync(program, new RecordedCalls(), settings, TestContext.Current.CancellationToken));
        Assert.Contains("did not answer", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_no_worker_is_said_to_be_none()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the program is a Linux program");
        var failure = await Assert.ThrowsAsync<WorkerStartException>(
            () => WorkerChannel.StartAsync(WorkerProgram.Native("/bin/false"), new RecordedCalls(), new WorkerSettings(), TestContext.Current.CancellationToken));
        Assert.Contains("exit code 1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_million_mutated_records_are_read_or_refused()
    {
        var random = new Random(1);
        var right = RightRecord();
        var record = new byte[right.Length];
        var refused = 0;
        for (var i = 0; i < 1_000_000; i++)
        {
            right.CopyTo(record, 0);
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                record[random.Next(record.Length)] = (byte)random.Next(256);
            }

            try
            {
                ReadAll(record);
            }
            catch (WorkerProtocolException)
            {
                refused++;
            }
        }

        Assert.True(refused > 100_000, refused.ToString(CultureInfo.InvariantCulture));
    }

    private static byte[] RightRecord()
    {
        var record = new byte[256];
        var writer = new MessageWriter(record.AsSpan(WorkerProtocol.RecordHeaderSize));
        writer.Number(1016);
        writer.Bytes("200 OK"u8);
        writer.Null();
        writer.Bytes("Content-Type: text/plain\r\n\r\n"u8);
        writer.Number(1);
        var size = WorkerProtocol.RecordHeaderSize + writer.Length;
        BitConverter.TryWriteBytes(record, (uint)size);
        record[4] = (byte)RecordKind.Support;
        return record[..size];
    }

    private static void ReadAll(byte[] record)
    {
        var head = RecordHead.Read(record);
        var values = new RecordValues(record.AsMemory(WorkerProtocol.RecordHeaderSize, head.Size - WorkerProtocol.RecordHeaderSize));
        while (!values.IsAtEnd)
        {
            switch (values.Next)
            {
                case ValueTag.Number:
                    values.Number();
                    break;
                case ValueTag.Memory:
                    values.Memory();
                    break;
                default:
                    values.Bytes();
                    break;
            }
        }
    }
}
