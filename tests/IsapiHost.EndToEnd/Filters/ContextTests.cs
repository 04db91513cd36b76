using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd.Filters;

/// <summary>Whose context a callback may be made with.</summary>
public sealed class ContextTests
{
    [Theory, Platforms]
    public async Task A_notification_gives_no_access_to_another_connection(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Filters = ["foreign-context"] });

        var waiting = host.Ask("/wait");
        Assert.Equal("87 87\n", (await host.Ask("/use")).Text);

        var other = await waiting;
        Assert.Equal(("used\n", null), (other.Text, other.Value("X-Foreign")));
    }
}
