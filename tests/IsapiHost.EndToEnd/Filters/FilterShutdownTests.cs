using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd.Filters;

public sealed class FilterShutdownTests : IDisposable
{
    private readonly string _log = Path.GetTempFileName();

    public void Dispose() => File.Delete(_log);

    [Theory, Platforms]
    public async Task A_filter_is_ended_with_the_host(Platform platform)
    {
        await using var host = await Start(platform, "nothing");
        await host.GetText("hello");

        Assert.Equal(0, await host.Stop());

        Assert.Equal(["terminated"], await Log());
    }

    [Theory]
    [Platforms("4000")] // PREPROC_HEADERS
    [Platforms("400")] // SEND_RAW_DATA
    public async Task A_notification_that_never_returns_does_not_hold_the_host(Platform platform, string notification)
    {
        await using var host = await Start(platform, notification);
        using var connection = await RawConnection.Open(host.Address);
        await connection.Request(host.Url("hello"), lines: "Connection: close");
        await Eventually.Holds(async () => (await Log()).Contains("hangs"));

        Assert.Equal(0, await host.Stop());
    }

    [Theory, Platforms]
    public async Task TerminateFilter_that_never_returns_does_not_hold_the_host(Platform platform)
    {
        await using var host = await Start(platform, "terminate");
        await host.GetText("hello");

        Assert.Equal(0, await host.Stop());

        Assert.Equal(["terminated", "hangs"], await Log());
        Assert.Contains("hangs", host.Output, StringComparison.Ordinal);
    }

    private Task<HostProcess> Start(Platform platform, string where) =>
        HostProcess.Start(platform, new HostSettings
        {
            Modules = ["hello"],
            Filters = ["hangs"],
            Environment = new Dictionary<string, string>
            {
                ["HANGS_IN"] = where,
                ["ISAPI_TEST_LOG"] = HostCommand.PathFor(platform, _log),
                ["Isapi__ShutdownTimeout"] = "00:00:01",
            },
        });

    private Task<string[]> Log() => File.ReadAllLinesAsync(_log, TestContext.Current.CancellationToken);
}
