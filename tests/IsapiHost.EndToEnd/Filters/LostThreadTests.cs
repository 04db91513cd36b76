using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd.Filters;

public sealed class LostThreadTests
{
    [Theory]
    [Platforms("4000")] // PREPROC_HEADERS
    [Platforms("1000")] // URL_MAP
    [Platforms("4000000")] // AUTH_COMPLETE
    [Platforms("40")] // SEND_RESPONSE
    [Platforms("400")] // SEND_RAW_DATA
    [Platforms("80")] // END_OF_REQUEST
    [Platforms("200")] // LOG
    [Platforms("100")] // END_OF_NET_SESSION
    public async Task A_filter_that_ends_its_thread_loses_that_connection_and_no_other(Platform platform, string notification)
    {
        await using var host = await HostProcess.Start(
            platform,
            new HostSettings
            {
                Filters = ["thread-ender"],
                Modules = ["hello"],
                Environment = new Dictionary<string, string> { ["Isapi__ShutdownTimeout"] = "00:00:01" },
            });

        // The host's own page, and an extension's.
        foreach (var url in (string[])["", host.Url("hello")])
        {
            using var connection = await RawConnection.Open(host.Address);
            await connection.Request($"{url}/end/{notification}", lines: "Connection: close");

            // It ends, with an answer or without.
            await connection.ReadToEnd();
            Assert.StartsWith("Hello", await host.GetText("hello"), StringComparison.Ordinal);
        }

        Assert.Equal(0, await host.Stop());
        Assert.Contains("ended the thread", host.Output, StringComparison.Ordinal);
    }
}
