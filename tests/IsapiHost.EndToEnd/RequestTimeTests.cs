using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd;

/// <summary>RequestTimeWarning.</summary>
public sealed class RequestTimeTests
{
    [Theory, Platforms]
    public async Task A_request_that_stays_long_is_warned_of_once(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Modules = ["sleep", "hello"],
            Environment = new Dictionary<string, string> { ["ISAPI__REQUESTTIMEWARNING"] = "1" },
        });

        await host.GetText("hello");
        await host.GetText("sleep", "?ms=4000");
        Assert.Equal(0, await host.Stop());

        Assert.Equal(2, host.Output.Split("(RequestTimeWarning)").Length);
        Assert.Contains($"GET {host.Url("sleep")} has been in ", host.Output, StringComparison.Ordinal);
    }
}
