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

    [Fact]
    public async Task A_hangup_ends_the_host_in_order()
    {
        Assert.SkipWhen(HostCommand.WhyNot(Platform.Linux) is not null, HostCommand.WhyNot(Platform.Linux) ?? string.Empty);
        Assert.SkipWhen(await IgnoresHangup(), "the tests run under nohup, and so would the host");
        await using var host = await Start(Platform.Linux);
        var running = host.GetText("terminate-log", "?ms=1500");
        await Eventually.Holds(async () => (await Log()).Contains("started 1500"));

        host.HangUp();

        Assert.Equal("finished\n", await running);
        Assert.Equal(0, await host.WaitForExit());
        Assert.Equal("terminated 2", (await Log())[^1]);
    }

    // A process that is started inherits which signals are ignored: the first bit of SigIgn is that of SIGHUP.
    private static async Task<bool> IgnoresHangup()
    {
        var status = await File.ReadAllLinesAsync("/proc/self/status", TestContext.Current.CancellationToken);
        var ignored = status.Single(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        return (Convert.ToInt32(ignored[^1..], 16) & 1) != 0;
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
    public async Task Forty_busy_clients_are_all_told_that_their_connections_end(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Modules = ["sleep"] });

        // Keeps the host from closing connections that are idle for a moment, on a busy machine for a longer one.
        var running = host.GetText("sleep", "?ms=10000");
        await Eventually.Holds(async () => (await host.GetText("sleep", "?report")).StartsWith("running=1 ", StringComparison.Ordinal));
        var started = 0;
        var clients = Enumerable.Range(0, 40).Select(_ => Task.Run(async () =>
        {
            using var connection = await RawConnection.Open(host.Address);
            for (var isFirst = true; ; isFirst = false)
            {
                await connection.Request(host.Url("sleep", "?ms=50"));
                if (isFirst)
                {
                    Interlocked.Increment(ref started);
                }

                var response = await connection.Read();
                Assert.True(response.Status is 200 or 503, response.Head);
                if (response.Head.Contains("Connection: close", StringComparison.OrdinalIgnoreCase))
                {
                    return;
                }

                Assert.Equal(200, response.Status);
            }
        })).ToArray();
        await Eventually.Holds(() => Task.FromResult(Volatile.Read(ref started) == 40));
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        host.RequestStop();

        await Task.WhenAll(clients);
        Assert.Equal("slept 10000\n", await running);
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

    [Theory, Platforms]
    public async Task A_request_inside_ReadClient_is_abandoned_without_a_fault(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Modules = ["checksum"],
            Environment = new Dictionary<string, string> { ["Isapi__ShutdownTimeout"] = "00:00:01", ["Isapi__Uploads__ReadAheadSize"] = "1" },
        });
        using var client = await RawConnection.Open(host.Address);
        await client.Send($"POST {host.Url("checksum")} HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        Assert.Equal(0, await host.Stop());

        AssertAbandoned(host);
    }

    [Theory, Platforms]
    public async Task A_request_inside_WriteClient_is_abandoned_without_a_fault(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Modules = ["write-large"],
            Environment = new Dictionary<string, string> { ["Isapi__ShutdownTimeout"] = "00:00:01", ["Isapi__Responses__MinDataRate"] = "0" },
        });
        using var client = await RawConnection.Open(host.Address, receiveBuffer: 16_384);
        await client.Request(host.Url("write-large", "?megabytes=64&piece=1000000&length=1"));
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        Assert.Equal(0, await host.Stop());

        AssertAbandoned(host);
    }

    [Theory]
    [Platforms("thread-data")]
    [Platforms("own-thread")]
    public async Task A_module_stays_in_memory_while_threads_may_need_its_code(Platform platform, string module)
    {
        for (var i = 0; i < 3; i++)
        {
            await using var host = await HostProcess.Start(platform, new HostSettings { Modules = [module] });
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.GetText(module)));

            Assert.Equal(0, await host.Stop());
        }
    }

    [Theory, Platforms]
    public async Task Exit_code_that_hangs_does_not_hold_the_process(Platform platform)
    {
        await using var host = await StartThatHangs(platform, "exit");

        Assert.Equal(0, await host.Stop());

        Assert.Matches("hangs-at-exit.* has not come back from (its exit code|DllMain)", host.Output);
    }

    [Theory, Platforms]
    public async Task A_module_that_hangs_in_all_its_ends_is_named_with_each_call(Platform platform)
    {
        await using var host = await StartThatHangs(platform, "terminate");

        Assert.Equal(0, await host.Stop());

        Assert.Matches("hangs-at-exit.* has not come back from TerminateExtension", host.Output);
        Assert.Matches("hangs-at-exit.* has not come back from (its exit code|DllMain)", host.Output);
    }

    [Theory]
    [Platforms("exit", 1)]
    [Platforms("terminate", 1)]
    [Platforms("", 1)]
    public async Task A_second_signal_ends_the_process_at_once(Platform platform, string where, int pause)
    {
        await using var host = await StartThatHangs(platform, where);
        var running = where.Length == 0 ? host.GetText("sleep", "?ms=60000") : Task.FromResult("");
        await Task.Delay(TimeSpan.FromSeconds(pause), TestContext.Current.CancellationToken);

        host.RequestStop();
        await Eventually.Holds(() => Task.FromResult(host.Output.Contains("Stopping", StringComparison.Ordinal)));
        await Task.Delay(TimeSpan.FromSeconds(pause), TestContext.Current.CancellationToken);
        var code = await host.Stop();

        // 128 and the signal's number; what would be said after ten seconds has not been said.
        Assert.Equal(platform == Platform.Wine ? 130 : 143, code);
        Assert.DoesNotContain("has not come back", host.Output, StringComparison.Ordinal);
        await ((Task)running).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private static void AssertAbandoned(HostProcess host)
    {
        Assert.Contains("abandoned", host.Output, StringComparison.Ordinal);
        Assert.False(host.Output.Contains("Exception", StringComparison.Ordinal), host.Output);
    }

    private static Task<HostProcess> StartThatHangs(Platform platform, string where) =>
        HostProcess.Start(platform, new HostSettings
        {
            Modules = ["hangs-at-exit", "sleep"],
            Environment = new Dictionary<string, string> { ["HANGS_AT_EXIT"] = where },
        });

    private Task<HostProcess> Start(Platform platform, params (string Name, string Value)[] variables)
    {
        var environment = variables.ToDictionary(variable => variable.Name, variable => variable.Value);
        environment["ISAPI_TEST_LOG"] = HostCommand.PathFor(platform, _log);
        return HostProcess.Start(platform, new HostSettings { Modules = ["terminate-log"], Environment = environment });
    }

    private Task<string[]> Log() => File.ReadAllLinesAsync(_log, TestContext.Current.CancellationToken);
}
