using System.Net;
using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd;

/// <summary>Requests of ServerSupportFunction other than heads and DONE_WITH_SESSION.</summary>
public sealed class ServerSupportTests(SharedHosts hosts)
{
    [Theory]
    [Platforms("?redirect")]
    [Platforms("?redirect-sized")]
    [Platforms("?send-url")]
    public async Task A_redirect_is_a_302_with_the_location(Platform platform, string query)
    {
        var host = await hosts.Get(platform);

        using var response = await host.Get("redirect", query);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal("http://example.test/there?a=1", response.Headers.Location?.OriginalString);
    }

    [Theory, Platforms]
    public async Task A_url_is_mapped_below_the_root_and_the_size_counts_the_nul(Platform platform)
    {
        var host = await hosts.Get(platform);
        var path = HostCommand.PathFor(platform, hosts.Root + "/folder/file.txt");

        var lines = (await host.GetText("map-url", "/folder/file.txt")).Split('\n');

        Assert.Equal($"1001 result=1 error=0 size={path.Length + 1} path={path}", lines[0]);
        Assert.StartsWith("1012 result=1 error=0 ", lines[1], StringComparison.Ordinal);
        Assert.EndsWith($" path={path}", lines[1], StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task A_mapped_path_that_does_not_fit_tells_the_size_needed(Platform platform)
    {
        var host = await hosts.Get(platform);
        var needed = HostCommand.PathFor(platform, hosts.Root + "/a").Length + 1;

        Assert.StartsWith(
            $"1001 result=0 error=122 size={needed} ",
            await host.GetText("map-url", "/a?size=5"), StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task Is_keep_conn_follows_the_client(Platform platform)
    {
        var host = await hosts.Get(platform);

        Assert.Equal("result=1 answer=1\n", await Ask(host, "?keep"));
        Assert.Equal("result=1 answer=0\n", await Ask(host, "?keep", "Connection: close"));
    }

    [Theory, Platforms]
    public async Task Is_connected_sees_the_client_and_its_leaving(Platform platform)
    {
        var host = await hosts.Get(platform);
        Assert.Equal("result=1 answer=1\n", await Ask(host, "?connected"));

        using (var connection = await RawConnection.Open(host.Address))
        {
            await connection.Request(host.Url("connection", "?watch"));
            await Eventually.Holds(async () => await host.GetText("connection", "?report") == "watching=1 gone=0\n");
            connection.Reset();
        }

        await Eventually.Holds(async () => await host.GetText("connection", "?report") == "watching=0 gone=1\n");
    }

    [Theory, Platforms]
    public async Task Close_connection_ends_it_at_once(Platform platform)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);

        await connection.Request(host.Url("connection", "?close"));

        var all = System.Text.Encoding.Latin1.GetString(await connection.ReadToEnd());
        Assert.DoesNotContain("after", all, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task Texts_for_the_log_are_taken_and_stand_in_the_line_of_the_request(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Modules = ["append-log"], Options = ["--log-requests"] });

        Assert.Equal("result=1\n", await host.GetText("append-log"));
        Assert.Equal(0, await host.Stop());

        // lpszLogData has no NUL: all its bytes are text, and nothing that stands behind it.
        Assert.Matches($@"GET {host.Url("append-log")} 200 .* &appended=1 L{{80}}\s*\r?\n", host.Output);
    }

    [Theory, Platforms]
    public async Task Numbers_that_are_no_request_are_refused_with_87(Platform platform)
    {
        var host = await hosts.Get(platform);

        Assert.Equal(
            "0 result=0 error=87\n5 result=0 error=87\n1009 result=0 error=87\n1051 result=0 error=87\n4294967295 result=0 error=87\n",
            await host.GetText("requests", "?0&5&1009&1051&4294967295"));
    }

    [Theory, Platforms]
    public async Task Requests_that_only_iis_can_answer_are_refused_with_50(Platform platform)
    {
        var host = await hosts.Get(platform);

        Assert.Equal(
            "1046 result=0 error=50\n1047 result=0 error=50\n1048 result=0 error=50\n1050 result=0 error=50\n",
            await host.GetText("requests", "?1046&1047&1048&1050"));
    }

    private static async Task<string> Ask(HostProcess host, string query, params string[] lines)
    {
        using var connection = await RawConnection.Open(host.Address);
        await connection.Request(host.Url("connection", query), lines: lines);
        return (await connection.Read()).Text;
    }
}
