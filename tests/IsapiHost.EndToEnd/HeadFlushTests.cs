using System.Net;
using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd;

/// <summary>When the head goes out although the body has not come, and what goes out before the extension closes the connection.</summary>
public sealed class HeadFlushTests(SharedHosts hosts)
{
    // Longer than any of these tests may take: a head that arrives has come before the extension returned.
    private const string Wait = "wait=120000";

    [Theory]
    [Platforms("GET", "?x&flush&empty&")]
    [Platforms("HEAD", "?x&flush&empty&")]
    [Platforms("HEAD", "?x&flush&")]
    [Platforms("HEAD", "?no-length&flush&")]
    public async Task Without_gathering_the_head_is_sent_at_once(Platform platform, string method, string query)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Modules = ["slow"] });
        using var connection = await RawConnection.Open(host.Address);

        await connection.Request(host.Url("slow", query + Wait), method);

        Assert.Contains("X-Test: 1", await connection.ReadHead(), StringComparison.Ordinal);
    }

    [Theory]
    [Platforms("GET")]
    [Platforms("HEAD")]
    public async Task With_a_buffer_limit_of_0_the_head_is_sent_at_once(Platform platform, string method)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Modules = ["slow"],
            Environment = new Dictionary<string, string> { ["ISAPI__RESPONSES__BUFFERLIMIT"] = "0" },
        });
        using var connection = await RawConnection.Open(host.Address);

        await connection.Request(host.Url("slow", "?x&empty&" + Wait), method);

        Assert.Contains("X-Test: 1", await connection.ReadHead(), StringComparison.Ordinal);
    }

    [Theory]
    [Platforms("GET", "first\n")]
    [Platforms("HEAD", "")]
    public async Task What_was_accepted_goes_out_before_the_connection_is_closed(Platform platform, string method, string body)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Modules = ["slow"] });
        using var connection = await RawConnection.Open(host.Address);

        await connection.Request(host.Url("slow", "?no-length&close&" + Wait), method);

        var response = await connection.Read(method);
        Assert.Equal(200, response.Status);
        Assert.Equal(body, response.Text);
        Assert.True(await connection.IsClosed());
    }

    [Theory]
    [Platforms("GET", "first\n")]
    [Platforms("HEAD", "")]
    public async Task What_was_accepted_goes_out_before_the_stream_is_closed(Platform platform, string method, string body)
    {
        var host = await hosts.GetHttp2(platform);
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(host.Url("slow", "?no-length&close&wait=1"), UriKind.Relative))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(body, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
