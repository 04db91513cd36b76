using System.Globalization;
using IsapiHost.Workers;
using IsapiHost.Workers.Jobs;
using IsapiHost.Workers.Processes;
using IsapiHost.Workers.Protocol;

namespace IsapiHost.Tests.Workers;

/// <summary>Real workers with real modules, and a server of few words.</summary>
public sealed class WorkerTests
{
    private const uint Success = 1;
    private const uint Pending = 3;

    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(60);

    public static TheoryData<string> Kinds => [nameof(WorkerKind.Linux), nameof(WorkerKind.Windows64), nameof(WorkerKind.Windows32)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_module_is_loaded_started_and_called(string kind)
    {
        var calls = new RecordedCalls();
        using var worker = await StartAsync(kind, calls);
        var module = await LoadAsync(worker, kind, "hello");
        Assert.Equal(ModuleExports.Extension, module.Exports & ModuleExports.Extension);

        var version = await RunAsync(worker, new VersionJob(module.Index));
        Assert.True(version.Accepted);

        var request = new TestRequest(worker, module.Index, "");
        worker.Post(request);
        Assert.Equal(Success, await request.Result.WaitAsync(_bound, TestContext.Current.CancellationToken));
        Assert.Equal("200 OK", Assert.Single(calls.Heads));
        Assert.Contains("Hello", calls.Body, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_head_and_small_writes_need_no_answer(string kind)
    {
        var calls = new RecordedCalls();
        using var worker = await StartAsync(kind, calls);
        var module = await LoadAsync(worker, kind, "hello");
        var request = new TestRequest(worker, module.Index, "") { Variables = [("SERVER_SOFTWARE", "isapihost")] };
        worker.Post(request);
        await request.Result.WaitAsync(_bound, TestContext.Current.CancellationToken);
        Assert.Equal(0, calls.Answers);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Where_nothing_may_wait_each_call_is_answered(string kind)
    {
        var calls = new RecordedCalls();
        using var worker = await StartAsync(kind, calls);
        var module = await LoadAsync(worker, kind, "hello");
        var request = new TestRequest(worker, module.Index, "", plain: false);
        worker.Post(request);
        await request.Result.WaitAsync(_bound, TestContext.Current.CancellationToken);
        Assert.True(calls.Answers >= 2, calls.Answers.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_thread_of_the_modules_own_calls_the_server(string kind)
    {
        var calls = new RecordedCalls();
        using var worker = await StartAsync(kind, calls);
        var module = await LoadAsync(worker, kind, "foreign-writer");
        var request = new TestRequest(worker, module.Index, "");
        worker.Post(request);
        Assert.Equal(Pending, await request.Result.WaitAsync(_bound, TestContext.Current.CancellationToken));
        await calls.WhenDone.WaitAsync(_bound, TestContext.Current.CancellationToken);
        Assert.Equal("<REQUEST_METHOD> answered\n", calls.Body);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Many_requests_at_once_share_lanes_and_threads(string kind)
    {
        var calls = new RecordedCalls();
        using var worker = await StartAsync(kind, calls, new WorkerSettings { JobLanes = 8, ForeignLanes = 2 });
        var module = await LoadAsync(worker, kind, "foreign-writer");
        var requests = Enumerable.Range(0, 200).Select(slot => new TestRequest(worker, module.Index, "", slot)).ToArray();
        foreach (var request in requests)
        {
            worker.Post(request);
        }

        foreach (var request in requests)
        {
            Assert.Equal(Pending, await request.Result.WaitAsync(_bound, TestContext.Current.CancellationToken));
        }

        await WaitUntilAsync(() => calls.BodyLength == 200 * "<REQUEST_METHOD> answered\n".Length);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_write_that_is_longer_than_a_lane_is_fetched(string kind)
    {
        var calls = new RecordedCalls();
        using var worker = await StartAsync(kind, calls);
        var module = await LoadAsync(worker, kind, "write-large");
        var request = new TestRequest(worker, module.Index, "piece=1048576");
        worker.Post(request);
        Assert.Equal(Success, await request.Result.WaitAsync(_bound, TestContext.Current.CancellationToken));
        Assert.True(calls.BodyLength >= 1_000_000, calls.BodyLength.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_completion_is_called_with_the_modules_own_numbers(string kind)
    {
        var calls = new RecordedCalls();
        using var worker = await StartAsync(kind, calls);
        var module = await LoadAsync(worker, kind, "exit-thread");
        var request = new TestRequest(worker, module.Index, "completion");
        worker.Post(request);
        Assert.Equal(Pending, await request.Result.WaitAsync(_bound, TestContext.Current.CancellationToken));
        Assert.NotEqual(0u, calls.Completion.Function);

        // It ends its thread, which costs the worker nothing but that.
        var completion = new LostCompletion { Connection = request.Connection, Function = calls.Completion.Function, Context = calls.Completion.Context };
        worker.Post(completion);
        await completion.WhenLost.WaitAsync(_bound, TestContext.Current.CancellationToken);
        Assert.True(await RunAsync(worker, new PingJob()));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_thread_that_the_module_ends_loses_its_request_only(string kind)
    {
        var calls = new RecordedCalls();
        using var worker = await StartAsync(kind, calls);
        var module = await LoadAsync(worker, kind, "exit-thread");
        for (var i = 0; i < 20; i++)
        {
            var request = new TestRequest(worker, module.Index, "");
            worker.Post(request);
            await Assert.ThrowsAsync<InvalidOperationException>(() => request.Result.WaitAsync(_bound, TestContext.Current.CancellationToken));
        }

        Assert.True(await RunAsync(worker, new PingJob()));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_is_no_module_gives_the_systems_error(string kind)
    {
        using var worker = await StartAsync(kind, new RecordedCalls());
        var loaded = await RunAsync(worker, new LoadJob(WorkerFiles.Module(Enum.Parse<WorkerKind>(kind), "hello") + ".missing"));
        Assert.Equal(126u, loaded.Error);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_variable_that_travels_with_the_request_is_not_asked_for(string kind)
    {
        var calls = new RecordedCalls();
        using var worker = await StartAsync(kind, calls);
        var module = await LoadAsync(worker, kind, "hello");
        var request = new TestRequest(worker, module.Index, "") { Variables = [("server_software", "an old one")] };
        worker.Post(request);
        await request.Result.WaitAsync(_bound, TestContext.Current.CancellationToken);
        Assert.Contains("an old one", calls.Body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_end_of_the_host_is_the_end_of_the_worker(string kind)
    {
        var calls = new RecordedCalls();
        var worker = await StartAsync(kind, calls);
        worker.Dispose();
        var end = await calls.WhenEnded.WaitAsync(_bound, TestContext.Current.CancellationToken);
        Assert.Null(end.Crash);
        Assert.False(WorkerFiles.IsRunning(worker.ProcessId));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_worker_that_is_killed_loses_its_requests(string kind)
    {
        var calls = new RecordedCalls();
        using var worker = await StartAsync(kind, calls);
        var module = await LoadAsync(worker, kind, "sleep");
        var request = new TestRequest(worker, module.Index, "ms=60000");
        worker.Post(request);
        worker.Kill("it was killed by a test");
        var gone = await Assert.ThrowsAsync<WorkerGoneException>(() => request.Result.WaitAsync(_bound, TestContext.Current.CancellationToken));
        Assert.Equal("it was killed by a test", gone.End.ToString());
        var late = new PingJob();
        worker.Post(late);
        await Assert.ThrowsAsync<WorkerGoneException>(() => late.Result.WaitAsync(_bound, TestContext.Current.CancellationToken));
    }

    internal static Task<WorkerChannel> StartAsync(string kind, IWorkerCalls calls, WorkerSettings? settings = null) =>
        WorkerChannel.StartAsync(WorkerFiles.Program(Enum.Parse<WorkerKind>(kind)), calls, settings ?? new WorkerSettings(), TestContext.Current.CancellationToken);

    internal static async Task<LoadedModule> LoadAsync(WorkerChannel worker, string kind, string name)
    {
        var loaded = await RunAsync(worker, new LoadJob(WorkerFiles.Module(Enum.Parse<WorkerKind>(kind), name)));
        Assert.True(loaded.Error == 0, $"error {loaded.Error}: {loaded.Text}");
        return loaded;
    }

    internal static Task<T> RunAsync<T>(WorkerChannel worker, AwaitedJob<T> job)
    {
        worker.Post(job);
        return job.Result.WaitAsync(_bound, TestContext.Current.CancellationToken);
    }

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 600 && !condition(); i++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.True(condition());
    }

    private sealed class LostCompletion : CompletionJob
    {
        private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task WhenLost => _lost.Task;

        public override void Lost(WorkerEnd? end) => _lost.TrySetResult();
    }
}
