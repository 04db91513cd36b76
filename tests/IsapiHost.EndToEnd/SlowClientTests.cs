using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd;

/// <summary>Clients that do not take what is sent to them, and connections that the system has no room for.</summary>
public sealed class SlowClientTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [Platforms("megabytes=64&piece=1000000&length=1")]
    [Platforms("megabytes=64&piece=60000000&length=1")]
    [Platforms("megabytes=64&piece=1000000")]
    public async Task A_client_that_takes_nothing_is_disconnected_by_the_rate_that_was_set(Platform platform, string variant)
    {
        await using var host = await Start(platform, "write-large", rate: "10000000");
        using var connection = await RawConnection.Open(host.Address, receiveBuffer: 16_384);

        await connection.Request(host.Url("write-large", "?" + variant));

        await Eventually.Holds(async () => await host.GetText("write-large", "?report") is var text
            && text.Contains("running=0", StringComparison.Ordinal) && !text.Contains("error=0", StringComparison.Ordinal));
        Assert.Equal(0, await host.Stop());
    }

    [Theory, Platforms]
    public async Task A_client_that_takes_nothing_of_a_file_is_disconnected_by_the_rate_that_was_set(Platform platform)
    {
        await using (var file = File.OpenWrite(_file))
        {
            file.SetLength(64 * 1024 * 1024);
        }

        await using var host = await Start(platform, "transmit-file", rate: "10000000");
        using var connection = await RawConnection.Open(host.Address, receiveBuffer: 16_384);

        await connection.Request(host.Url("transmit-file", "?head"));

        await Eventually.Holds(() => Task.FromResult(host.Output.Contains("sent=", StringComparison.Ordinal)));
        Assert.Contains("error=64", host.Output, StringComparison.Ordinal);
        Assert.Equal(0, await host.Stop());
    }

    [Theory, Platforms]
    public async Task Without_a_rate_a_client_may_take_its_time(Platform platform)
    {
        await using var host = await Start(platform, "write-large", rate: "0");
        using var connection = await RawConnection.Open(host.Address, receiveBuffer: 16_384);
        await connection.Request(host.Url("write-large", "?megabytes=8&piece=1000000&length=1"));

        // Longer than the time of grace.
        await Task.Delay(TimeSpan.FromSeconds(8), TestContext.Current.CancellationToken);

        Assert.Equal(8 * 1024 * 1024, (await connection.Read()).Body.Length);
        Assert.Equal(0, await host.Stop());
    }

    [Fact]
    public async Task Connections_that_the_system_has_no_descriptors_for_wait_and_are_served_later()
    {
        Assert.SkipWhen(HostCommand.WhyNot(Platform.Linux) is not null, HostCommand.WhyNot(Platform.Linux) ?? string.Empty);
        await using var host = await HostProcess.Start(Platform.Linux, new HostSettings { Modules = ["hello"] });

        // Assemblies are files too: what is not loaded before there are no descriptors can never be.
        var before = SocketsOf(host);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => host.Ask(host.Url("hello"), "Connection: close")));

        // Connections that are still being closed would give their numbers back to those that are to find none.
        await Eventually.Holds(() => Task.FromResult(SocketsOf(host) <= before));
        await Limit(host, LimitWithRoomFor(8, host));
        var connections = new List<RawConnection>();
        try
        {
            for (var i = 0; i < 40; i++)
            {
                connections.Add(await RawConnection.Open(host.Address));
            }

            await Eventually.Holds(() => Task.FromResult(host.Output.Contains("No connection can be accepted", StringComparison.Ordinal)));
            connections.GetRange(0, 39).ForEach(connection => connection.Dispose());
            await connections[39].Request(host.Url("hello"));

            Assert.Equal(200, (await connections[39].Read()).Status);
        }
        catch (SocketException e)
        {
            Assert.Fail($"{e.Message} by connection {connections.Count}: {host.Output}");
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }

        await Limit(host, 1024);
        Assert.Equal(0, await host.Stop());
    }

    // The limit is one of numbers: those that are free below it can still be had.
    private static int LimitWithRoomFor(int count, HostProcess host)
    {
        var taken = Directory.GetFiles(FormattableString.Invariant($"/proc/{host.Id}/fd"))
            .Select(file => int.Parse(Path.GetFileName(file), CultureInfo.InvariantCulture)).ToHashSet();
        return Enumerable.Range(0, int.MaxValue).Where(number => !taken.Contains(number)).ElementAt(count);
    }

    private static int SocketsOf(HostProcess host) =>
        Directory.GetFiles(FormattableString.Invariant($"/proc/{host.Id}/fd"))
            .Count(file => new FileInfo(file).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) is true);

    private static async Task Limit(HostProcess host, int descriptors)
    {
        using var process = Process.Start("prlimit", FormattableString.Invariant($"--pid {host.Id} --nofile={descriptors}:20000"));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    private Task<HostProcess> Start(Platform platform, string module, string rate) => HostProcess.Start(platform, new HostSettings
    {
        Modules = [module],
        Environment = new Dictionary<string, string>
        {
            ["ISAPI__RESPONSES__MINDATARATE"] = rate,
            ["ISAPI__LOGREQUESTS"] = "true",
            ["TEST_FILE"] = HostCommand.PathFor(platform, _file),
        },
    });
}
