using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd;

/// <summary>Answers that an extension writes without a head call: whole ("nph"), in the manner of CGI, or mere text.</summary>
public sealed class RawAnswerTests(SharedHosts hosts)
{
    [Theory]
    [Platforms("http11", "HTTP/1.1 201 Created")]
    [Platforms("http10", "HTTP/1.1 503 Busy")]
    [Platforms("close", "HTTP/1.1 200 OK")]
    [Platforms("in-pieces", "HTTP/1.1 201 Created")]
    [Platforms("own-chunks", "HTTP/1.1 200 OK")]
    [Platforms("cgi", "HTTP/1.1 200 OK")]
    [Platforms("cgi-status", "HTTP/1.1 404 Not Found")]
    [Platforms("cgi-in-pieces", "HTTP/1.1 200 OK")]
    public async Task Status_headers_and_body_reach_the_client(Platform platform, string variant, string statusLine)
    {
        var response = await Raw(platform, variant);

        // The version is the server's own, whatever the extension wrote.
        Assert.Equal(statusLine, response.StatusLine.Replace("HTTP/1.0", "HTTP/1.1", StringComparison.Ordinal));
        Assert.Equal("1", response.Value("X-Test"));
        Assert.Equal("body", response.Text);
    }

    [Theory]
    [Platforms("text", "just text, no head")]
    [Platforms("html", "<html><body>just a page</body></html>")]
    [Platforms("short-text", "H")]
    public async Task Mere_text_becomes_a_page(Platform platform, string variant, string body)
    {
        var response = await Raw(platform, variant);

        Assert.Equal("HTTP/1.1 200 OK", response.StatusLine);
        Assert.StartsWith("text/html", response.Value("Content-Type"), StringComparison.Ordinal);
        Assert.Equal(body, response.Text);
    }

    [Theory]
    [Platforms("http11", 201)]
    [Platforms("in-pieces", 201)]
    [Platforms("own-chunks", 200)]
    [Platforms("cgi", 200)]
    public async Task The_same_answers_serve_a_client_of_http_2(Platform platform, string variant, int status)
    {
        var host = await hosts.GetHttp2(platform);

        using var response = await host.Get("raw", "?" + variant);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(["1"], response.Headers.GetValues("X-Test"));
        Assert.Equal("body", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task<RawResponse> Raw(Platform platform, string variant)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);
        await connection.Request(host.Url("raw", "?" + variant), lines: "Connection: close");
        return await connection.Read();
    }
}
