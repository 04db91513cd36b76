using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd.Filters;

/// <summary>AllocMem: what it gives, and what happens when a filter takes too much of it.</summary>
public sealed class MemoryTests
{
    [Theory, Platforms]
    public async Task Memory_is_zeroed_also_when_it_was_used_before(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Filters = ["fresh-memory"] });

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("dirty=0\n", (await host.Ask("/")).Text);
        }
    }

    [Theory, Platforms]
    public async Task A_connection_whose_filter_has_reached_the_limit_is_closed_after_a_response_that_says_so(Platform platform)
    {
        await using var host = await Start(platform, limit: 1_000_000);

        using var connection = await RawConnection.Open(host.Address);
        for (var i = 0; i < 9; i++)
        {
            await connection.Request("/any?100000");
            var response = await connection.Read();
            Assert.Equal(("yes", null), (response.Value("X-Memory"), response.Value("Connection")));
        }

        await connection.Request("/any?200000");
        var last = await connection.Read();
        Assert.Equal(("yes", "close"), (last.Value("X-Memory"), last.Value("Connection")));
        Assert.True(await connection.IsClosed());
        Assert.Equal(0, await host.Stop());
        Assert.Single(host.Output.Split('\n'), line => line.Contains("Filtering:MemoryLimit", StringComparison.Ordinal));
    }

    [Theory, Platforms]
    public async Task Far_beyond_the_limit_there_is_no_memory_and_other_connections_have_theirs(Platform platform)
    {
        await using var host = await Start(platform, limit: 1_000_000);

        using var connection = await RawConnection.Open(host.Address);
        await connection.Request("/any?17000000");
        var refused = await connection.Read();
        Assert.Equal(("no", null), (refused.Value("X-Memory"), refused.Value("Connection")));
        Assert.Equal("yes", (await host.Ask("/any?1000")).Value("X-Memory"));
    }

    private static Task<HostProcess> Start(Platform platform, int limit) => HostProcess.Start(platform, new HostSettings
    {
        Filters = ["takes-memory"],
        Environment = new Dictionary<string, string> { ["Isapi__Filtering__MemoryLimit"] = limit.ToString(System.Globalization.CultureInfo.InvariantCulture) },
    });
}
