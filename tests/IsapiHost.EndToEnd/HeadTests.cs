using System.Net;
using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd;

/// <summary>Heads as extensions give them, and what the client gets.</summary>
public sealed class HeadTests(SharedHosts hosts)
{
    [Theory]
    [Platforms("plain")]
    [Platforms("by-3")]
    [Platforms("lf-only")]
    [Platforms("lf-only-by-3")]
    [Platforms("no-blank-line")]
    [Platforms("no-line-end")]
    [Platforms("blank-line-in-first-write")]
    [Platforms("with-body")]
    [Platforms("with-whole-body")]
    [Platforms("name-space-colon")]
    [Platforms("lengths-count-the-nul")]
    [Platforms("lengths-too-large")]
    [Platforms("lengths-zero")]
    [Platforms("not-kept")]
    public async Task The_client_gets_a_clean_head_and_the_body(Platform platform, string variant)
    {
        var response = await Raw(platform, variant);

        Assert.Equal("HTTP/1.1 200 OK", response.StatusLine);
        Assert.Equal("text/plain", response.Value("Content-Type"));
        Assert.Equal("1", response.Value("X-Test"));
        Assert.Equal("body", response.Text);
    }

    [Theory]
    [Platforms("status-reason", "HTTP/1.1 404 Nothing Here")]
    [Platforms("status-number-only", "HTTP/1.1 404 Not Found")]
    [Platforms("status-doubled", "HTTP/1.1 200 OK")]
    [Platforms("status-with-protocol", "HTTP/1.1 404 Not Found")]
    [Platforms("status-null", "HTTP/1.1 200 OK")]
    [Platforms("status-empty", "HTTP/1.1 200 OK")]
    [Platforms("status-in-headers", "HTTP/1.1 404 Not Found")]
    [Platforms("status-header-line", "HTTP/1.1 404 Not Found")]
    [Platforms("status-is-a-header", "HTTP/1.1 200 OK")]
    public async Task The_status_is_found(Platform platform, string variant, string statusLine)
    {
        var response = await Raw(platform, variant);

        Assert.Equal(statusLine, response.StatusLine);
        Assert.Equal("1", response.Value("X-Test"));
        Assert.Null(response.Value("Status"));
        Assert.Equal("body", response.Text);
    }

    [Theory, Platforms]
    public async Task A_line_break_in_the_status_adds_no_header(Platform platform)
    {
        var response = await Raw(platform, "status-with-crlf");

        Assert.Equal(200, response.Status);
        Assert.Null(response.Value("X-Smuggled"));
        Assert.Equal("body", response.Text);
    }

    [Theory, Platforms]
    public async Task Nothing_behind_the_given_lengths_is_read(Platform platform)
    {
        var response = await Raw(platform, "lengths-cut");

        Assert.Equal("HTTP/1.1 200 OK", response.StatusLine);
        Assert.Equal("1", response.Value("X-Test"));
        Assert.Null(response.Value("X-Beyond"));
        Assert.EndsWith("body", response.Text, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task Repeated_headers_stay_apart(Platform platform)
    {
        Assert.Equal(["a=1", "b=2"], (await Raw(platform, "set-cookie-twice")).Values("Set-Cookie"));
    }

    [Theory, Platforms]
    public async Task Continued_lines_are_joined(Platform platform)
    {
        Assert.Equal("one two", (await Raw(platform, "continuation")).Value("X-Long"));
    }

    [Theory, Platforms]
    public async Task A_line_that_is_no_header_is_dropped(Platform platform)
    {
        var response = await Raw(platform, "no-colon-line");

        Assert.DoesNotContain("this is no header", response.Head, StringComparison.Ordinal);
        Assert.Equal("1", response.Value("X-Test"));
    }

    [Theory, Platforms]
    public async Task The_extensions_own_server_and_date_are_kept(Platform platform)
    {
        var response = await Raw(platform, "server-and-date");

        Assert.Equal(["mine"], response.Values("Server"));
        Assert.Equal(["Thu, 01 Jan 2004 00:00:00 GMT"], response.Values("Date"));
    }

    [Theory, Platforms]
    public async Task Equal_lengths_given_twice_become_one(Platform platform)
    {
        var response = await Raw(platform, "content-length-twice");

        Assert.Equal(["4"], response.Values("Content-Length"));
        Assert.Equal("body", response.Text);
    }

    [Theory, Platforms]
    public async Task Lengths_that_differ_are_not_believed(Platform platform)
    {
        var response = await Raw(platform, "content-length-differs");

        Assert.DoesNotContain("5", response.Values("Content-Length"));
        Assert.Equal("body", response.Text);
    }

    [Theory, Platforms]
    public async Task Bytes_beyond_ascii_pass_unchanged(Platform platform)
    {
        Assert.Equal("caf\u00e9", (await Raw(platform, "high-bytes")).Value("X-Latin"));
    }

    [Theory, Platforms]
    public async Task Connection_close_from_the_extension_closes(Platform platform)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);

        await connection.Request(host.Url("heads", "?connection-close"));
        var response = await connection.Read();

        Assert.Equal("body", response.Text);
        Assert.Equal("close", response.Value("Connection"));
        Assert.True(await connection.IsClosed());
    }

    [Theory, Platforms]
    public async Task Keep_alive_headers_of_the_extension_are_left_to_the_server(Platform platform)
    {
        var response = await Raw(platform, "connection-keep-alive");

        Assert.Null(response.Value("Keep-Alive"));
        Assert.Equal("body", response.Text);
    }

    [Theory, Platforms]
    public async Task A_second_head_is_refused(Platform platform)
    {
        var response = await Raw(platform, "two-heads");

        Assert.Equal(200, response.Status);
        Assert.Null(response.Value("X-Second"));
        Assert.Equal("second=0 error=87", response.Text);
    }

    [Theory, Platforms]
    public async Task A_head_without_headers_is_enough(Platform platform)
    {
        Assert.Equal("body", (await Raw(platform, "no-headers")).Text);
    }

    [Theory]
    [Platforms("lf-only")]
    [Platforms("no-blank-line")]
    [Platforms("blank-line-in-first-write")]
    [Platforms("name-space-colon")]
    [Platforms("connection-close")]
    [Platforms("connection-keep-alive")]
    [Platforms("status-reason")]
    [Platforms("high-bytes")]
    public async Task The_same_heads_serve_a_client_of_http_2(Platform platform, string variant)
    {
        var host = await hosts.GetHttp2(platform);

        using var response = await host.Get("heads", "?" + variant);

        Assert.Equal(HttpVersion.Version20, response.Version);
        Assert.Equal(variant == "status-reason" ? HttpStatusCode.NotFound : HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["1"], response.Headers.GetValues("X-Test"));
        Assert.Equal("body", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task<RawResponse> Raw(Platform platform, string variant)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);
        await connection.Request(host.Url("heads", "?" + variant));
        return await connection.Read();
    }
}
