using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace IsapiHost.Cli.Tests.Forwarding;

/// <summary>What sites send that HTTP does not allow: the client gets a mended response or 502, and never a stack trace.</summary>
public sealed class OddResponseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Odd: a\u0001b\u007Fc\r\n\r\nok", "abc")]
    [InlineData("HTTP/1.1 200 O\u0001K\r\nContent-Length: 2\r\nX-Odd: x\r\n\r\nok", "x")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\nX-Odd: x\r\n\r\nok", "x")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\nX-Odd: x\r\n\r\nok", "x")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\nX-Odd: x\r\n\r\n2\r\nok\r\n0\r\n\r\n", "x")]
    public async Task A_response_whose_meaning_is_certain_is_mended(string response, string header)
    {
        await using var pair = await StartAsync(response);
        using var received = await pair.Client.GetAsync("/", Cancellation);

        Assert.Equal((HttpStatusCode.OK, "OK"), (received.StatusCode, received.ReasonPhrase));
        Assert.Equal(header, received.Headers.GetValues("X-Odd").Single());
        Assert.Equal("ok", await received.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 205 Reset Content\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("HTTP/1.1 205 Reset Content\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n")]
    public async Task A_body_that_a_status_does_not_have_is_dropped(string response)
    {
        await using var pair = await StartAsync(response);
        using TcpClient client = new();
        await client.ConnectAsync(pair.Front.Host, pair.Front.Port, Cancellation);
        await client.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8.ToArray(), Cancellation);
        using StreamReader reader = new(client.GetStream(), Encoding.Latin1);
        var received = await reader.ReadToEndAsync(Cancellation);

        Assert.StartsWith(response[..12], received, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", received, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2,5\r\n\r\nok")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\nok")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nok")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nok")]
    [InlineData("HTTP/1.1 000 X\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData("HTTP/1.1 099 X\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nok")]
    public async Task A_response_that_has_no_certain_meaning_gives_502(string response)
    {
        await using var pair = await StartAsync(response);
        using var received = await pair.Client.GetAsync("/", Cancellation);

        Assert.Equal(HttpStatusCode.BadGateway, received.StatusCode);
        Assert.Equal("The site behind this host cannot be reached.\n", await received.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_client_of_http_2_gets_the_same()
    {
        await using var mended = await StartAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Odd: a\u0001b\r\nConnection: X-Hop\r\nX-Hop: 1\r\n\r\nok", HttpProtocols.Http2);
        await using var refused = await StartAsync("HTTP/1.1 200 OK\r\nContent-Length: 2,5\r\n\r\nok", HttpProtocols.Http2);
        using var received = await mended.Client.GetAsync("/", Cancellation);

        Assert.Equal("ab", received.Headers.GetValues("X-Odd").Single());
        Assert.False(received.Headers.Contains("X-Hop"));
        Assert.Equal(HttpStatusCode.BadGateway, (await refused.Client.GetAsync("/", Cancellation)).StatusCode);
    }

    // The site keeps the connection open, as real ones do: the response must not wait for its end.
    private static Task<ForwardingPair> StartAsync(string response, HttpProtocols protocols = HttpProtocols.Http1) =>
        ForwardingPair.StartFrontAsync(
            ForwardingPair.Listen(async socket =>
            {
                await socket.SendAsync(Encoding.Latin1.GetBytes(response));
                await socket.ReceiveAsync(new byte[1]);
            }),
            options => options.ForwardTimeout = TimeSpan.FromSeconds(20),
            protocols);
}
