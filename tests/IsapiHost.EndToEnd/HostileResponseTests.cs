using System.Net;
using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd;

/// <summary>Nothing that an extension writes becomes a second response, or is taken for the response to another request.</summary>
public sealed class HostileResponseTests(SharedHosts hosts)
{
    private const string Second = "HTTP/1.1 200 OK\r\nContent-Length: 8\r\nX-Injected: 1\r\n\r\nINJECTED";
    private const string Chunked = "200 OK\u0001Transfer-Encoding: chunked\r\n\r\n\u0002";

    [Theory]
    [Platforms("headex", Chunked + "5\r\nhello\r\n0\r\n\r\n" + Second)]
    [Platforms("headex", Chunked + "5\r\nhello\r\n0\r\n\r\n\u0002" + Second)]
    [Platforms("headex", Chunked + "5\r\nhello\r\n0\r\nX-Trailer: 1\r\n\r\n\u0002" + Second)]
    [Platforms("headex", Chunked + "5\r\nhello\r\n0\r\n\r\u0002\n" + Second)]
    [Platforms("vector", Chunked + "5\r\nhello\r\n0\r\n\r\n\u0002" + Second)]
    [Platforms("raw", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n" + Second)]
    [Platforms("raw", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello" + Second)]
    public async Task What_follows_the_end_of_the_body_is_dropped(Platform platform, string calls, string body)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);

        await Send(host, connection, calls, body);

        var response = await connection.Read();
        Assert.Equal("hello", response.Text);
        Assert.Null(response.Value("X-Injected"));
        Assert.Equal("mark", (await connection.Read()).Text);
    }

    [Theory]
    [Platforms("5\r\nhello\r\n0\n\n" + Second)]
    [Platforms("5\r\nhello\n0\r\n\r\n" + Second)]
    [Platforms("5\r\nhello!!0\r\n\r\n" + Second)]
    [Platforms("5\r\nhello\r\n-1\r\n" + Second)]
    [Platforms("5\r\nhello\r\n0x0\r\n\r\n" + Second)]
    [Platforms("5\r\nhello\r\n0\r\nX-Trailer: a\rb\r\n\r\n" + Second)]
    [Platforms("5\r\nhello\r\n\u0002FFFFFFFFFFFFFFFFF\r\n" + Second)]
    [Platforms("hello" + Second)]
    public async Task Malformed_chunks_end_the_response_and_the_connection(Platform platform, string chunks)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);

        await Send(host, connection, "headex", Chunked + chunks);

        var all = System.Text.Encoding.Latin1.GetString(await connection.ReadToEnd());
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", all, StringComparison.Ordinal);
        Assert.DoesNotContain("INJECTED", all, StringComparison.Ordinal);
        Assert.DoesNotContain("\r\n0\r\n\r\n", all, StringComparison.Ordinal);
        Assert.DoesNotContain("mark", all, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task An_extension_learns_that_its_chunks_are_malformed(Platform platform)
    {
        var host = await hosts.Get(platform);
        using (var connection = await RawConnection.Open(host.Address))
        {
            await Send(host, connection, "headex", Chunked + "5\r\nhello\r\n\u0002oops\u0002more", "&report");
            await connection.ReadToEnd();
        }

        Assert.Equal("head=1/0 write=1/0 write=0/13 write=0/13 ", await host.GetText("evil", "?reported"));
    }

    [Theory]
    [Platforms("5\r\nhello\r\n0\r\n\r\n" + Second, "hello")]
    [Platforms("5\r\nhello\r\n0\r\n\r\n\u0002" + Second, "hello")]
    public async Task On_HTTP_2_the_content_of_the_chunks_is_the_body(Platform platform, string chunks, string text)
    {
        var host = await hosts.GetHttp2(platform);
        using var content = new ByteArrayContent(System.Text.Encoding.Latin1.GetBytes(Chunked + chunks));

        using var response = await host.Client.PostAsync(
            new Uri(host.Url("evil", "?headex"), UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal(text, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [Platforms("5\r\nhello\r\n")]
    [Platforms("5\r\nhello\r\n0\n\n")]
    public async Task On_HTTP_2_chunks_that_are_not_ended_reset_the_stream(Platform platform, string chunks)
    {
        var host = await hosts.GetHttp2(platform);
        using var content = new ByteArrayContent(System.Text.Encoding.Latin1.GetBytes(Chunked + chunks));

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => host.Client.PostAsync(
            new Uri(host.Url("evil", "?headex"), UriKind.Relative), content, TestContext.Current.CancellationToken));
    }

    [Theory]
    [Platforms("head", "100 Continue\u0001\r\n", 200, "")]
    [Platforms("headex", "103 Early Hints\u0001Link: </a>\r\n\r\n", 200, "")]
    [Platforms("vector", "100 Continue\u0001\r\n", 200, "")]
    [Platforms("vector", "199 Odd\u0001X-Test: 1\r\n\r\n\u0002text", 200, "text")]
    [Platforms("vector", "101 Switching Protocols\u0001Upgrade: h2c\r\n\r\n", 200, "")]
    [Platforms("raw", "HTTP/1.1 100 Continue\r\n\r\n", 200, "")]
    [Platforms("raw", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ntext", 404, "text")]
    [Platforms("raw", "HTTP/1.1 100 Continue\r\n\r\n\u0002HTTP/1.1 404 Not Found\r\n\u0002Content-Length: 4\r\n\r\ntext", 404, "text")]
    [Platforms("raw", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 201 Made\r\n\r\ntext", 201, "text")]
    [Platforms("raw", "Status: 100 Continue\r\n\r\nContent-Type: text/plain\r\n\r\ntext", 200, "text")]
    [Platforms("raw", "Status: 102 Processing\r\n\r\n", 200, "")]
    public async Task An_interim_head_is_never_the_answer(Platform platform, string calls, string body, int status, string text)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);

        await Send(host, connection, calls, body);

        var response = await connection.Read();
        Assert.Equal(status, response.Status);
        Assert.Equal(text, response.Text);
        Assert.Equal("mark", (await connection.Read()).Text);
    }

    [Theory]
    [Platforms("vector", "100 Continue\u0001\r\n", 200, "")]
    [Platforms("raw", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ntext", 404, "text")]
    public async Task An_interim_head_is_never_the_answer_on_HTTP_2(Platform platform, string calls, string body, int status, string text)
    {
        var host = await hosts.GetHttp2(platform);
        using var content = new ByteArrayContent(System.Text.Encoding.Latin1.GetBytes(body));

        using var response = await host.Client.PostAsync(
            new Uri(host.Url("evil", "?" + calls), UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.Equal(text, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [Platforms("head", "200 OK\r\nContent-Type: text/plain\r\nX-Test: 1", 200, "text/plain", "1")]
    [Platforms("head", "404 Not Found\r\nX-Test: 1\r\n\r\n", 404, null, "1")]
    [Platforms("head", "200 OK\r\nX-Test: 1\r\n\r\nX-Test: 2", 200, null, "1")]
    [Platforms("headex", "HTTP/1.1 201 Created\nX-Test: 1\n", 201, null, "1")]
    [Platforms("headex", "HTTP/1.1 201 Created\nX-Test: 1\n\u0001Content-Type: text/plain\r\n\r\n", 201, "text/plain", null)]
    [Platforms("vector", "200 OK\r\nX-Test: 1\r\n\u0001Content-Type: text/plain\r\n\r\n", 200, "text/plain", null)]
    public async Task Header_lines_in_the_status_text_are_headers_where_there_are_no_others(
        Platform platform, string calls, string body, int status, string? contentType, string? test)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);

        await Send(host, connection, calls, body);

        var response = await connection.Read();
        Assert.Equal(status, response.Status);
        Assert.Equal(contentType, response.Value("Content-Type"));
        Assert.Equal(test, response.Value("X-Test"));
        Assert.Equal("mark", (await connection.Read()).Text);
    }

    [Theory]
    [Platforms("raw", "just text", 500, "just text")]
    [Platforms("raw", "Content-Type: text/plain\r\n\r\ntext", 500, "text")]
    [Platforms("raw", "Status: 404\r\nContent-Type: text/plain\r\n\r\ntext", 404, "text")]
    [Platforms("raw", "HTTP/1.1 201 Created\r\n\r\ntext", 201, "text")]
    [Platforms("head", "\u0001Content-Type: text/plain\r\n\r\n\u0002text", 500, "text")]
    public async Task Text_without_a_status_has_that_of_the_control_block(Platform platform, string calls, string body, int status, string text)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);

        await Send(host, connection, calls, body, "&status=500");

        var response = await connection.Read();
        Assert.Equal(status, response.Status);
        Assert.Equal(text, response.Text);
    }

    [Theory]
    [Platforms("headex", "200 OK\u0001Content-Length: 5\r\n\r\n")]
    [Platforms("headex", "200 OK\u0001Content-Length: 5\r\n\r\n\u0002123")]
    [Platforms("vector", "200 OK\u0001Content-Length: 5\r\n\r\n")]
    [Platforms("raw", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n123")]
    public async Task A_body_that_is_too_short_ends_with_the_connection(Platform platform, string calls, string body)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Modules = ["evil"] });
        using (var connection = await RawConnection.Open(host.Address))
        {
            await Send(host, connection, calls, body);

            var response = await connection.Read();
            Assert.Equal(200, response.Status);
            Assert.Equal("5", response.Value("Content-Length"));
            Assert.True(response.Body.Length < 5);
            Assert.True(await connection.IsClosed());
        }

        Assert.Equal(0, await host.Stop());
        Assert.DoesNotContain("unhandled", host.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Content-Length", host.Output, StringComparison.Ordinal);
    }

    [Theory]
    [Platforms("/evil")]
    [Platforms("test.example:443")]
    [Platforms("*")]
    public async Task CONNECT_is_refused_before_the_extension(Platform platform, string target)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Modules = ["slow"], Options = ["--map", WildcardOf(platform, "slow")] });
        using (var connection = await RawConnection.Open(host.Address))
        {
            await connection.Request(target == "/evil" ? host.Url("slow") : target, "CONNECT");
            var response = await connection.Read();
            Assert.True(response.Status is 405 or 400, response.StatusLine);
        }

        Assert.Equal(0, await host.Stop());
        Assert.DoesNotContain("unhandled", host.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("abandon", host.Output, StringComparison.OrdinalIgnoreCase);
    }

    private static string WildcardOf(Platform platform, string module) =>
        "*=" + HostCommand.PathFor(platform, Path.Combine(Repository.Modules(platform), HostCommand.ModuleFile(platform, module)));

    // The request, and behind it one whose answer must be the next thing on the wire.
    private static Task Send(HostProcess host, RawConnection connection, string calls, string body, string more = "") =>
        connection.Send(
            $"POST {host.Url("evil", "?" + calls + more)} HTTP/1.1\r\nHost: test.example\r\nContent-Length: {body.Length}\r\n\r\n{body}"
            + $"GET {host.Url("evil", "?mark")} HTTP/1.1\r\nHost: test.example\r\n\r\n");
}
