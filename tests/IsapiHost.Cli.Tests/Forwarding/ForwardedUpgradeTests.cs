using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace IsapiHost.Cli.Tests.Forwarding;

public sealed class ForwardedUpgradeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task A_web_socket_goes_through_until_it_is_closed(HttpProtocols protocols)
    {
        await using var pair = await ForwardingPair.StartAsync(EchoAsync, protocols: protocols);
        using ClientWebSocket client = new();
        client.Options.AddSubProtocol("echo");
        client.Options.HttpVersion = protocols == HttpProtocols.Http2 ? HttpVersion.Version20 : HttpVersion.Version11;
        client.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using HttpMessageInvoker invoker = new(new SocketsHttpHandler { UseProxy = false });
        await client.ConnectAsync(new UriBuilder(pair.Front) { Scheme = "ws", Path = "/socket" }.Uri, invoker, Cancellation);
        var buffer = new byte[100];
        foreach (var text in (string[])["one", "two"])
        {
            await client.SendAsync(System.Text.Encoding.ASCII.GetBytes(text), WebSocketMessageType.Text, true, Cancellation);
            var received = await client.ReceiveAsync(buffer, Cancellation);
            Assert.Equal(text, System.Text.Encoding.ASCII.GetString(buffer, 0, received.Count));
        }

        Assert.Equal("echo", client.SubProtocol);
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", Cancellation);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, client.CloseStatus);
    }

    [Fact]
    public async Task A_site_that_refuses_the_change_of_protocol_answers_as_ever()
    {
        await using var pair = await ForwardingPair.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return context.Response.WriteAsync("no sockets here");
        });
        using HttpRequestMessage request = new(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");
        using var response = await pair.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("no sockets here", await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Another_protocol_goes_through_and_may_be_silent_for_longer_than_the_time_limit()
    {
        var site = ForwardingPair.Listen(async socket =>
        {
            await socket.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: printer\r\n\r\n"u8.ToArray());
            var buffer = new byte[100];
            var count = await socket.ReceiveAsync(buffer);
            await socket.SendAsync(buffer.AsMemory(0, count));
        });
        await using var pair = await ForwardingPair.StartFrontAsync(site, options => options.ForwardTimeout = TimeSpan.FromSeconds(1));
        using TcpClient client = new();
        await client.ConnectAsync(pair.Front.Host, pair.Front.Port, Cancellation);
        await client.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: printer\r\n\r\n"u8.ToArray(), Cancellation);
        using StreamReader reader = new(client.GetStream());
        List<string> head = [];
        while (await reader.ReadLineAsync(Cancellation) is { Length: > 0 } line)
        {
            head.Add(line);
        }

        await Task.Delay(TimeSpan.FromSeconds(2), Cancellation);
        await client.GetStream().WriteAsync("print\n"u8.ToArray(), Cancellation);

        Assert.StartsWith("HTTP/1.1 101", head[0], StringComparison.Ordinal);
        Assert.Contains("Upgrade: printer", head);
        Assert.Equal("print", await reader.ReadLineAsync(Cancellation));
    }

    [Fact]
    public async Task A_site_that_says_nothing_to_the_change_of_protocol_gives_504()
    {
        var site = ForwardingPair.Listen(async socket => await socket.ReceiveAsync(new byte[1]));
        await using var pair = await ForwardingPair.StartFrontAsync(site, options => options.ForwardTimeout = TimeSpan.FromMilliseconds(200));
        using HttpRequestMessage request = new(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");

        Assert.Equal(HttpStatusCode.GatewayTimeout, (await pair.Client.SendAsync(request, Cancellation)).StatusCode);
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync("echo");
        var buffer = new byte[100];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
                return;
            }

            await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, CancellationToken.None);
        }
    }
}
