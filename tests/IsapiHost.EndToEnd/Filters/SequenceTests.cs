using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd.Filters;

/// <summary>Which notifications come in which order.</summary>
public sealed class SequenceTests
{
    private static readonly string[] _beforeHandler = ["PREPROC_HEADERS", "URL_MAP", "AUTHENTICATION", "AUTH_COMPLETE"];
    private static readonly string[] _afterHandler = ["SEND_RESPONSE", "SEND_RAW_DATA", "SEND_RAW_DATA", "END_OF_REQUEST", "LOG"]; // Head, then body.
    private static readonly string[] _afterHeadOnly = ["SEND_RESPONSE", "SEND_RAW_DATA", "END_OF_REQUEST", "LOG"];

    [Theory, Platforms]
    public async Task A_plain_get_on_a_connection_of_its_own(Platform platform)
    {
        await using var host = await Start(platform);

        using (var connection = await RawConnection.Open(host.Address))
        {
            await connection.Request(host.Url("sequence"), lines: "Connection: close");
            Assert.Equal("hello\n", (await connection.Read()).Text);
            Assert.True(await connection.IsClosed());
        }

        Assert.Equal(["READ_RAW_DATA", .. _beforeHandler, .. _afterHandler, "END_OF_NET_SESSION"], await FirstSession(host));
    }

    [Theory, Platforms]
    public async Task A_body_that_comes_later_is_read_between(Platform platform)
    {
        await using var host = await Start(platform);

        using (var connection = await RawConnection.Open(host.Address))
        {
            await connection.Send($"POST {host.Url("sequence")} HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\nConnection: close\r\n\r\n");
            await Eventually.Holds(async () => (await Names(host)).Contains("AUTH_COMPLETE"));
            await connection.Send(new string('x', 60_000));
            Assert.Equal("hello\n", (await connection.Read()).Text);
            Assert.True(await connection.IsClosed());
        }

        var names = await FirstSession(host);
        Assert.Equal(["READ_RAW_DATA", .. _beforeHandler], names[..5]);
        Assert.Contains("READ_RAW_DATA", names[5..names.IndexOf("SEND_RESPONSE")]);
        Assert.Equal([.. _afterHandler, "END_OF_NET_SESSION"], names[names.IndexOf("SEND_RESPONSE")..]);
    }

    [Theory, Platforms]
    public async Task Two_requests_of_a_connection_share_its_session(Platform platform)
    {
        await using var host = await Start(platform);

        using (var connection = await RawConnection.Open(host.Address))
        {
            await connection.Request(host.Url("sequence"));
            await connection.Read();
            await connection.Request(host.Url("sequence"), lines: "Connection: close");
            await connection.Read();
            Assert.True(await connection.IsClosed());
        }

        string[] once = ["READ_RAW_DATA", .. _beforeHandler, .. _afterHandler];
        Assert.Equal([.. once, .. once, "END_OF_NET_SESSION"], await FirstSession(host));
    }

    [Theory, Platforms]
    public async Task Pipelined_requests_are_seen_one_after_the_other(Platform platform)
    {
        await using var host = await Start(platform);

        using (var connection = await RawConnection.Open(host.Address))
        {
            var request = $"GET {host.Url("sequence")} HTTP/1.1\r\nHost: x\r\n";
            await connection.Send($"{request}\r\n{request}Connection: close\r\n\r\n");
            await connection.Read();
            await connection.Read();
            Assert.True(await connection.IsClosed());
        }

        string[] once = [.. _beforeHandler, .. _afterHandler];
        Assert.Equal(["READ_RAW_DATA", .. once, .. once, "END_OF_NET_SESSION"], await FirstSession(host));
    }

    [Theory, Platforms]
    public async Task A_refused_login_is_announced_before_it_is_sent(Platform platform)
    {
        await using var host = await Start(platform);

        using (var connection = await RawConnection.Open(host.Address))
        {
            await connection.Request(host.Url("sequence", "?deny"), lines: "Connection: close");
            var response = await connection.Read();
            Assert.Equal(401, response.Status);
            Assert.Equal("denied\n", response.Text);
            Assert.True(await connection.IsClosed());
        }

        Assert.Equal(
            ["READ_RAW_DATA", .. _beforeHandler, "ACCESS_DENIED", .. _afterHandler, "END_OF_NET_SESSION"], await FirstSession(host));
    }

    [Theory, Platforms]
    public async Task A_login_that_a_filter_refuses_goes_no_further(Platform platform)
    {
        await using var host = await Start(platform, other: "login");

        using (var connection = await RawConnection.Open(host.Address))
        {
            await connection.Request(host.Url("sequence"), lines: ["Connection: close", BasicLogin.Line("bad:x")]);
            Assert.Equal(401, (await connection.Read()).Status);
            Assert.True(await connection.IsClosed());
        }

        Assert.Equal(
            ["READ_RAW_DATA", "PREPROC_HEADERS", "URL_MAP", "AUTHENTICATION", "ACCESS_DENIED", .. _afterHeadOnly, "END_OF_NET_SESSION"],
            await FirstSession(host));
    }

    [Theory, Platforms]
    public async Task A_client_that_leaves_early_ends_its_request_and_session(Platform platform)
    {
        await using var host = await Start(platform);

        using (var connection = await RawConnection.Open(host.Address))
        {
            await connection.Send($"POST {host.Url("sequence")} HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nabc");
            await Eventually.Holds(async () => (await Names(host)).Contains("AUTH_COMPLETE"));
            connection.Reset();
        }

        var names = await FirstSession(host);
        Assert.Equal(["END_OF_REQUEST", "LOG", "END_OF_NET_SESSION"], names[^3..]);
        Assert.Single(names, "PREPROC_HEADERS");
    }

    [Theory, Platforms]
    public async Task An_extension_that_fails_is_answered_for_and_seen(Platform platform)
    {
        await using var host = await Start(platform);

        using (var connection = await RawConnection.Open(host.Address))
        {
            await connection.Request(host.Url("sequence", "?abort"), lines: "Connection: close");
            Assert.Equal(500, (await connection.Read()).Status);
            Assert.True(await connection.IsClosed());
        }

        Assert.Equal(["READ_RAW_DATA", .. _beforeHandler, .. _afterHeadOnly, "END_OF_NET_SESSION"], await FirstSession(host));
    }

    [Theory, Platforms]
    public async Task Http_2_has_everything_but_raw_data_and_a_session_for_each_request(Platform platform)
    {
        await using var host = await Start(platform, http2: true);

        Assert.Equal("hello\n", await host.GetText("sequence"));

        string[] request = [.. _beforeHandler, "SEND_RESPONSE", "END_OF_REQUEST", "LOG", "END_OF_NET_SESSION"];
        Assert.Equal(request, await FirstSession(host));
        Assert.Equal(0, await host.Stop());
        Assert.Single(host.Output.Split('\n'), line => line.Contains("asked for raw data", StringComparison.Ordinal));
    }

    [Theory, Platforms]
    public async Task The_extension_runs_on_the_thread_of_the_filter(Platform platform)
    {
        await using var host = await Start(platform);

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("same thread\n", await host.GetText("sequence", "?thread"));
        }
    }

    [Theory, Platforms]
    public async Task Filters_of_the_secure_port_do_not_see_plain_connections(Platform platform)
    {
        // SECURE_PORT, PREPROC_HEADERS, SEND_RAW_DATA, LOG.
        await using var host = await Start(platform, flags: "4601");

        Assert.Equal("hello\n", await host.GetText("sequence"));

        Assert.Equal("", await host.GetText("sequence", "?log"));
    }

    [Theory, Platforms]
    public async Task Filters_see_pages_that_no_extension_gives(Platform platform)
    {
        await using var host = await Start(platform);

        using (var connection = await RawConnection.Open(host.Address))
        {
            await connection.Request("/nothing-here", lines: "Connection: close");
            Assert.Equal(404, (await connection.Read()).Status);
        }

        await Eventually.Holds(async () => (await Lines(host)).Any(line => line.EndsWith("LOG /nothing-here 404", StringComparison.Ordinal)));
    }

    private static Task<HostProcess> Start(Platform platform, bool http2 = false, string? flags = null, string? other = null) =>
        HostProcess.Start(platform, new HostSettings
        {
            Modules = ["filters/sequence"],
            Filters = other is null ? ["sequence"] : ["sequence", other],
            Http2 = http2,
            Environment = flags is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["SEQUENCE_FLAGS"] = flags },
        });

    private static async Task<List<string>> FirstSession(HostProcess host)
    {
        await Eventually.Holds(async () => (await Names(host)).Contains("END_OF_NET_SESSION"));
        return await Names(host);
    }

    // Mapping is announced whenever it happens; how often is nobody's promise.
    private static async Task<List<string>> Names(HostProcess host)
    {
        List<string> names = [];
        var lines = (await Lines(host)).Select(line => line.Split(' ')).ToArray();

        // The test's own connection, not one that reads the log.
        var session = lines.FirstOrDefault(line => line[1] == "PREPROC_HEADERS" && !line[2].EndsWith("?log", StringComparison.Ordinal))?[0];
        foreach (var line in lines.Where(line => line[0] == session))
        {
            if (line[1] != "URL_MAP" || names is [.., "PREPROC_HEADERS"])
            {
                names.Add(line[1]);
            }
        }

        return names;
    }

    private static async Task<string[]> Lines(HostProcess host) =>
        (await host.GetText("sequence", "?log")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
