using IsapiHost.Workers;
using IsapiHost.Workers.Processes;

namespace IsapiHost.Tests.Workers;

/// <summary>Modules that end their process: the host hears of it at once, and of where it was.</summary>
public sealed class WorkerCrashTests
{
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(nameof(WorkerKind.Linux), "null", "SIGSEGV")]
    [InlineData(nameof(WorkerKind.Linux), "thread", "SIGSEGV")]
    [InlineData(nameof(WorkerKind.Linux), "stack", "SIGSEGV")]
    [InlineData(nameof(WorkerKind.Linux), "divide", "SIGFPE")]
    [InlineData(nameof(WorkerKind.Windows64), "null", "access violation")]
    [InlineData(nameof(WorkerKind.Windows64), "thread", "access violation")]
    [InlineData(nameof(WorkerKind.Windows64), "stack", "stack overflow")]
    [InlineData(nameof(WorkerKind.Windows64), "divide", "integer division by zero")]
    [InlineData(nameof(WorkerKind.Windows32), "null", "access violation")]
    [InlineData(nameof(WorkerKind.Windows32), "thread", "access violation")]
    [InlineData(nameof(WorkerKind.Windows32), "stack", "stack overflow")]
    [InlineData(nameof(WorkerKind.Windows32), "divide", "integer division by zero")]
    public async Task A_fault_is_reported_with_its_name_module_and_offset(string kind, string how, string name)
    {
        var end = await EndAsync(kind, how);
        Assert.NotNull(end.Crash);
        Assert.Equal(name, end.Crash.Name);
        Assert.StartsWith(kind == nameof(WorkerKind.Linux) ? "crash.so+0x" : "crash.dll+0x", end.Crash.Place, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(how == "thread", end.Crash.Lane >= 256);
    }

    [Theory]
    [InlineData(nameof(WorkerKind.Linux))]
    [InlineData(nameof(WorkerKind.Windows64))]
    [InlineData(nameof(WorkerKind.Windows32))]
    public async Task A_module_that_calls_exit_ends_its_worker_only(string kind)
    {
        var end = await EndAsync(kind, "exit");
        Assert.Equal(5, end.ExitCode);
        Assert.Equal("it ended with exit code 5", end.ToString());
    }

    [Theory]
    [InlineData(nameof(WorkerKind.Linux))]
    [InlineData(nameof(WorkerKind.Windows64))]
    [InlineData(nameof(WorkerKind.Windows32))]
    public async Task A_module_that_calls_abort_ends_its_worker_only(string kind)
    {
        var end = await EndAsync(kind, "abort");
        Assert.Equal(kind == nameof(WorkerKind.Linux) ? "SIGABRT" : null, end.Crash?.Name);
        Assert.NotEqual(0, end.ExitCode);
    }

    private static async Task<WorkerEnd> EndAsync(string kind, string how)
    {
        var calls = new RecordedCalls();
        using var worker = await WorkerTests.StartAsync(kind, calls);
        var module = await WorkerTests.LoadAsync(worker, kind, "crash");
        var request = new TestRequest(worker, module.Index, how);
        worker.Post(request);
        var gone = await Assert.ThrowsAsync<WorkerGoneException>(() => request.Result.WaitAsync(_bound, TestContext.Current.CancellationToken));
        Assert.Same(gone.End, await calls.WhenEnded.WaitAsync(_bound, TestContext.Current.CancellationToken));
        return gone.End;
    }
}
