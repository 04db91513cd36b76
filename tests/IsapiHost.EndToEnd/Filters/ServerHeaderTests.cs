using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd.Filters;

/// <summary>The headers that the server adds to every response: filters see them, and Server can be removed.</summary>
public sealed class ServerHeaderTests
{
    [Theory]
    [Platforms("hello", "")]
    [Platforms(null, "/nothing")]
    public async Task Server_and_date_are_there_and_server_can_be_removed(Platform platform, string? module, string url)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Filters = ["hide-server"], Modules = ["hello"] });

        var response = await host.Ask(module is null ? url : host.Url(module));

        Assert.Equal(("Kestrel", null), (response.Value("X-Server"), response.Value("Server")));
        Assert.EndsWith("GMT", response.Value("X-Date"), StringComparison.Ordinal);
        Assert.NotNull(response.Value("Date"));
    }

    [Theory, Platforms]
    public async Task Server_can_be_replaced(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Filters = ["hide-server"] });

        Assert.Equal(["Other/1.0"], (await host.Ask("/replace")).Values("Server"));
    }

    [Theory, Platforms]
    public async Task Without_such_a_filter_the_server_names_itself(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Filters = ["preproc"] });

        Assert.Equal("Kestrel", (await host.Ask("/nothing")).Value("Server"));
    }

    [Theory, Platforms]
    public async Task Over_http_2_as_well(Platform platform)
    {
        await using var host = await HostProcess.Start(
            platform, new HostSettings { Filters = ["hide-server"], Modules = ["hello"], Http2 = true });

        using var response = await host.Get("hello");

        Assert.Equal("Kestrel", Assert.Single(response.Headers.GetValues("X-Server")));
        Assert.False(response.Headers.Contains("Server"));
    }
}
