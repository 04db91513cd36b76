using System.Net;
using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd;

public sealed class ShutdownTests : IDisposable
{
    private readonly string _log = Path.GetTempFileName();

    public void Dispose() => File.Delete(_log);

    [Theory, Platforms]
    public async Task An_idle_host_ends_modules_and_exits_with_0(Platform platform)
    {
        await using var host = await Start(platform);
        Assert.Equal("finished\n", await host.GetText("terminate-log"));

        Assert.Equal(0, await host.Stop());

        Assert.Equal(["loaded 0", "finished 0", "terminated 2"], await Log());
    }

    [Theory, Platforms]
    public async Task Running_requests_finish_before_modules_are_ended(Platform platform)
    {
        await using var host = await Start(platform);
        var running = host.GetText("terminate-log", "?ms=1500");
        await Eventually.Holds(async () => (await Log()).Contains("started 1500"));

        host.RequestStop();

        Assert.Equal("finished\n", await running);
        Assert.Equal(0, await host.WaitForExit());
        Assert.Equal(["loaded 0", "started 1500", "finished 1500", "terminated 2"], await Log());
    }

    [Theory, Platforms]
    public async Task New_requests_get_503_while_the_host_stops(Platform platform)
    {
        await using var host = await Start(platform);
        var running = host.GetText("terminate-log", "?ms=5000");
        await Eventually.Holds(async () => (await Log()).Contains("started 5000"));

        host.RequestStop();
        await Eventually.Holds(async () =>
        {
            // From a client that the host has not seen before: it must still listen.
            using var client = await RawConnection.Open(host.Address);
            await client.Request(host.Url("terminate-log"));
            return (await client.Read()).Status == (int)HttpStatusCode.ServiceUnavailable;
        });

        Assert.Equal("finished\n", await running);
        Assert.Equal(0, await host.WaitForExit());
    }

    [Theory, Platforms]
    public async Task Requests_that_do_not_finish_are_abandoned_and_logged(Platform platform)
    {
        await using var host = await Start(platform, ("Isapi__ShutdownTimeout", "00:00:01"));
        var running = host.GetText("terminate-log", "?ms=20000");
        await Eventually.Holds(async () => (await Log()).Contains("started 20000"));

        Assert.Equal(0, await host.Stop());

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => running);
        Assert.Contains("abandon", host.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("finished 20000", await Log());
    }

    private Task<HostProcess> Start(Platform platform, params (string Name, string Value)[] variables)
    {
        var environment = variables.ToDictionary(variable => variable.Name, variable => variable.Value);
        environment["ISAPI_TEST_LOG"] = HostCommand.PathFor(platform, _log);
        return HostProcess.Start(platform, new HostSettings { Modules = ["terminate-log"], Environment = environment });
    }

    private Task<string[]> Log() => File.ReadAllLinesAsync(_log, TestContext.Current.CancellationToken);
}
