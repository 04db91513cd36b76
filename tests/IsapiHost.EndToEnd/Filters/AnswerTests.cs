using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd.Filters;

/// <summary>Responses that a filter gives itself: what their heads say about the connection and the body.</summary>
public sealed class AnswerTests
{
    [Theory]
    [Platforms("/short/finished", "close")]
    [Platforms("/short/kept", null)]
    [Platforms("/long/finished", "close")]
    [Platforms("/long/kept", "close")] // The head goes out before the filter has said that it wants to keep the connection.
    [Platforms("/slow/finished", "close")]
    public async Task The_head_says_what_becomes_of_the_connection(Platform platform, string url, string? connectionHeader)
    {
        await using var host = await Start(platform);

        using var connection = await RawConnection.Open(host.Address);
        for (var i = 0; i < 2; i++)
        {
            await connection.Request(url);
            var response = await connection.Read();
            Assert.Equal(connectionHeader, response.Value("Connection"));
            if (connectionHeader is not null)
            {
                Assert.True(await connection.IsClosed());
                return;
            }
        }
    }

    [Theory, Platforms]
    public async Task A_short_response_has_its_length(Platform platform)
    {
        await using var host = await Start(platform);

        var response = await host.Ask("/short/finished");

        Assert.Equal((Framing.ContentLength, "short\n"), (response.Framing, response.Text));
        Assert.Equal(300_000, (await host.Ask("/long/finished")).Body.Length);
    }

    [Theory, Platforms]
    public async Task A_slow_response_goes_out_in_pieces(Platform platform)
    {
        await using var host = await Start(platform);

        using var connection = await RawConnection.Open(host.Address);
        await connection.Request("/slow/finished");

        // Two chunks, since the filter waits between them.
        var body = System.Text.Encoding.Latin1.GetString(await connection.ReadToEnd());
        Assert.Contains("6\r\nfirst\n\r\n7\r\nsecond\n\r\n0\r\n\r\n", body, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task Request_bodies_that_nobody_reads_do_not_become_requests(Platform platform)
    {
        await using var host = await Start(platform);

        using var connection = await RawConnection.Open(host.Address);
        for (var i = 0; i < 3; i++)
        {
            await connection.Send("POST /post/kept HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\nGET /evil HTTP/1.1\r\n");
            Assert.Equal("short\n", (await connection.Read()).Text);
        }
    }

    [Theory, Platforms]
    public async Task The_bytes_of_the_response_are_logged(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Filters = ["own-answers"], Options = ["--log-requests"] });

        await host.Ask("/short/finished");
        await host.Ask("/long/finished");

        Assert.Equal(0, await host.Stop());
        Assert.Contains("GET /short/finished 200 6 bytes", host.Output, StringComparison.Ordinal);
        Assert.Contains("GET /long/finished 200 300000 bytes", host.Output, StringComparison.Ordinal);
    }

    private static Task<HostProcess> Start(Platform platform) => HostProcess.Start(platform, new HostSettings { Filters = ["own-answers"] });
}
