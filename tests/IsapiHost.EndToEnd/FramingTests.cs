using System.Net;
using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd;

/// <summary>How the end of the body is told, for each client and each way of an extension.</summary>
public sealed class FramingTests(SharedHosts hosts)
{
    [Theory]
    [Platforms("own-length", "body")]
    [Platforms("computed-length", "body")]
    [Platforms("head-only", "")]
    [Platforms("head-only-404", "")]
    public async Task A_short_answer_has_a_length_and_keeps_the_connection(Platform platform, string variant, string body)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);

        await connection.Request(host.Url("framing", "?" + variant));
        var response = await connection.Read();

        Assert.Equal(Framing.ContentLength, response.Framing);
        Assert.Equal(body, response.Text);
        await AssertStillOpen(host, connection);
    }

    [Theory, Platforms]
    public async Task A_long_answer_is_chunked_and_keeps_the_connection(Platform platform)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);

        await connection.Request(host.Url("write-large", "?megabytes=1"));
        var response = await connection.Read();

        Assert.Equal(Framing.Chunked, response.Framing);
        Assert.Equal(1024 * 1024, response.Body.Length);
        await AssertStillOpen(host, connection);
    }

    [Theory, Platforms]
    public async Task Chunks_of_the_extension_are_not_chunked_again(Platform platform)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);

        await connection.Request(host.Url("framing", "?own-chunks"));
        var response = await connection.Read();

        Assert.Equal(Framing.Chunked, response.Framing);
        Assert.Equal("body", response.Text);
        await AssertStillOpen(host, connection);
    }

    [Theory, Platforms]
    public async Task Chunks_that_the_extension_does_not_end_are_not_ended_for_it(Platform platform)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);

        await connection.Request(host.Url("framing", "?own-chunks-unfinished"));

        await Assert.ThrowsAsync<EndOfStreamException>(() => connection.Read());
    }

    [Theory, Platforms]
    public async Task A_body_shorter_than_its_length_ends_with_the_connection(Platform platform)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);

        await connection.Request(host.Url("framing", "?too-short"));
        var response = await connection.Read();

        // Either the broken body or no body at all; never ten bytes, and never another answer behind it.
        Assert.True(response.Body.Length < 10);
        Assert.True(await connection.IsClosed());
    }

    [Theory, Platforms]
    public async Task A_body_longer_than_its_length_is_cut(Platform platform)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);

        await connection.Request(host.Url("framing", "?too-long"));
        var response = await connection.Read();
        connection.HalfClose();

        Assert.Equal("body", response.Text);
        Assert.True(await connection.IsClosed());
    }

    [Theory]
    [Platforms("own-length")]
    [Platforms("computed-length")]
    [Platforms("too-long")]
    [Platforms("own-chunks")]
    public async Task Head_is_answered_without_a_body(Platform platform, string variant)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);

        await connection.Request(host.Url("framing", "?" + variant), "HEAD");
        var response = await connection.Read("HEAD");

        Assert.Equal(200, response.Status);
        await AssertStillOpen(host, connection);
    }

    [Theory]
    [Platforms("no-content", 204)]
    [Platforms("no-content-with-length", 204)]
    [Platforms("not-modified", 304)]
    public async Task A_status_that_has_no_body_is_sent_without_one(Platform platform, string variant, int status)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);

        await connection.Request(host.Url("framing", "?" + variant));
        var response = await connection.Read();

        Assert.Equal(status, response.Status);
        Assert.Null(response.Value("Transfer-Encoding"));
        await AssertStillOpen(host, connection);
    }

    [Theory]
    [Platforms("write-large", "?megabytes=1")]
    [Platforms("framing", "?own-chunks")]
    public async Task A_client_of_http_1_0_gets_the_body_to_the_end_of_the_connection(Platform platform, string module, string query)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);

        await connection.Request(host.Url(module, query), protocol: "HTTP/1.0");
        var response = await connection.Read();

        Assert.Null(response.Value("Transfer-Encoding"));
        Assert.Equal(module == "framing" ? 4 : 1024 * 1024, response.Body.Length);
        Assert.True(await connection.IsClosed());
    }

    [Theory, Platforms]
    public async Task A_client_of_http_1_0_may_keep_the_connection_when_the_length_is_known(Platform platform)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);

        for (var i = 0; i < 2; i++)
        {
            await connection.Request(host.Url("framing", "?own-length"), protocol: "HTTP/1.0", lines: "Connection: keep-alive");
            Assert.Equal("body", (await connection.Read()).Text);
        }
    }

    [Theory, Platforms]
    public async Task Pipelined_requests_are_answered_in_their_order(Platform platform)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);
        string[] names = ["one", "two", "three", "four"];

        await connection.Send(string.Concat(names.Select(name =>
            $"GET {host.Url("hello", "?name=" + name)} HTTP/1.1\r\nHost: test.example\r\n\r\n")));

        foreach (var name in names)
        {
            Assert.StartsWith($"Hello, {name}!", (await connection.Read()).Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [Platforms("own-length", "body")]
    [Platforms("own-chunks", "body")]
    [Platforms("computed-length", "body")]
    [Platforms("head-only", "")]
    [Platforms("no-content", "")]
    public async Task The_same_bodies_serve_a_client_of_http_2(Platform platform, string variant, string body)
    {
        var host = await hosts.GetHttp2(platform);

        using var response = await host.Get("framing", "?" + variant);

        Assert.Equal(HttpVersion.Version20, response.Version);
        Assert.Equal(body, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory, Platforms]
    public async Task A_broken_body_is_seen_by_a_client_of_http_2(Platform platform)
    {
        var host = await hosts.GetHttp2(platform);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => host.GetText("framing", "?too-short"));
    }

    private static async Task AssertStillOpen(HostProcess host, RawConnection connection)
    {
        await connection.Request(host.Url("hello", "?name=next"));
        Assert.StartsWith("Hello, next!", (await connection.Read()).Text, StringComparison.Ordinal);
    }
}
