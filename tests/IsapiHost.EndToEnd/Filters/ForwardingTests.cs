using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.EndToEnd.Filters;

/// <summary><c>--forward</c>: the command in front of a site, with an extension and a filter.</summary>
public sealed class ForwardingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Platforms]
    public async Task A_filter_stands_in_front_of_a_site_and_an_extension_beside_it(Platform platform)
    {
        await using var site = await StartSite(async context =>
        {
            using StreamReader body = new(context.Request.Body);
            var text = $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {context.Request.Host} "
                + $"{context.Request.Headers["X-Forwarded-For"]} {await body.ReadToEndAsync(Cancellation)}";
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            context.Response.Headers.XPoweredBy = "a test";
            await context.Response.WriteAsync(text, Cancellation);
        });
        await using var host = await HostProcess.Start(
            platform, new HostSettings { Modules = ["hello"], Filters = ["add-headers"], Options = ["--forward", site.Urls.First(), "--log-requests"] });
        using StringContent content = new("the body");

        using var forwarded = await host.Client.PostAsync(new Uri("/page?x=1", UriKind.Relative), content, Cancellation);
        using var extension = await host.Get("hello");

        Assert.Equal(HttpStatusCode.Accepted, forwarded.StatusCode);
        Assert.Equal($"POST /page?x=1 {host.Address.Authority} 127.0.0.1 the body", await forwarded.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("nosniff", forwarded.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(forwarded.Headers.Contains("X-Powered-By"));
        Assert.Equal("nosniff", extension.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(0, await host.Stop());
        Assert.Contains("POST /page?x=1 202", host.Output, StringComparison.Ordinal);
        Assert.Contains($"Other requests go to {site.Urls.First()}", host.Output, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task A_site_that_takes_no_large_body_says_so_before_it_gets_one(Platform platform)
    {
        var taken = false;
        await using var site = await StartSite(async context =>
        {
            if (context.Request.ContentLength > 2_000_000)
            {
                context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
                await context.Response.WriteAsync("too much", Cancellation);
                return;
            }

            await context.Request.Body.CopyToAsync(Stream.Null, Cancellation);
            taken = true;
        });
        await using var host = await Start(platform, site);
        using var connection = await RawConnection.Open(host.Address);

        // Only a part of the body is ever sent: the answer does not wait for the rest.
        await connection.Send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 50000000\r\n\r\n" + new string('x', 100_000));
        var refused = await connection.Read();
        Assert.Equal((413, "too much"), (refused.Status, refused.Text));

        using ByteArrayContent allowed = new(new byte[1_500_000]);
        using var accepted = await host.Client.PostAsync(new Uri("/", UriKind.Relative), allowed, Cancellation);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        Assert.True(taken);
    }

    [Theory, Platforms]
    public async Task A_client_that_breaks_off_its_upload_breaks_it_off_at_the_site(Platform platform)
    {
        TaskCompletionSource<bool> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var site = await StartSite(async context =>
        {
            if (context.Request.Method == "GET")
            {
                return;
            }

            try
            {
                await context.Request.Body.ReadExactlyAsync(new byte[3], Cancellation);
                begun.SetResult();
                await context.Request.Body.CopyToAsync(Stream.Null, Cancellation);
                ended.SetResult(false);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                ended.SetResult(true);
            }
        });
        await using var host = await Start(platform, site);
        using (var connection = await RawConnection.Open(host.Address))
        {
            await connection.Send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc");
            await begun.Task.WaitAsync(Cancellation);
            connection.Reset();
        }

        Assert.True(await ended.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation));
        Assert.Equal(200, (await host.Ask("/")).Status);
    }

    [Theory, Platforms]
    public async Task A_response_goes_on_while_it_comes(Platform platform)
    {
        TaskCompletionSource read = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var site = await StartSite(async context =>
        {
            await context.Response.WriteAsync("first", Cancellation);
            await context.Response.Body.FlushAsync(Cancellation);
            await read.Task.WaitAsync(Cancellation);
            await context.Response.WriteAsync("second", Cancellation);
        });
        await using var host = await Start(platform, site);

        using var response = await host.Client.GetAsync(new Uri("/", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(Cancellation);
        var first = new byte[5];
        await body.ReadExactlyAsync(first, Cancellation);
        read.SetResult();
        using StreamReader rest = new(body);

        Assert.Equal("first", Encoding.ASCII.GetString(first));
        Assert.Equal("second", await rest.ReadToEndAsync(Cancellation));
    }

    [Theory, Platforms]
    public async Task A_web_socket_goes_through_filters_and_forwarder(Platform platform)
    {
        await using var site = await StartSite(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[100];
            for (var got = await socket.ReceiveAsync(buffer, Cancellation); got.MessageType != WebSocketMessageType.Close; got = await socket.ReceiveAsync(buffer, Cancellation))
            {
                await socket.SendAsync(buffer.AsMemory(0, got.Count), got.MessageType, got.EndOfMessage, Cancellation);
            }

            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", Cancellation);
        });
        await using var host = await Start(platform, site, "sequence");
        using ClientWebSocket client = new();
        await client.ConnectAsync(new UriBuilder(host.Address) { Scheme = "ws", Path = "/socket" }.Uri, Cancellation);
        var received = new byte[100];
        foreach (var text in (string[])["one", "two"])
        {
            await client.SendAsync(Encoding.ASCII.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Cancellation);
            var got = await client.ReceiveAsync(received, Cancellation);
            Assert.Equal(text, Encoding.ASCII.GetString(received, 0, got.Count));
        }

        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", Cancellation);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, client.CloseStatus);
    }

    [Theory, Platforms]
    public async Task Odd_responses_of_the_site_are_mended_or_give_502(Platform platform)
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        var answering = AnswerAsync(socket);
        await using var host = await HostProcess.Start(
            platform, new HostSettings { Filters = ["add-headers"], Options = ["--forward", $"http://{socket.LocalEndpoint}"] });

        var control = await host.Ask("/control");
        var empty = await host.Ask("/empty");
        var length = await host.Ask("/length");

        Assert.Equal((200, "ab", "ok"), (control.Status, control.Value("X-Odd"), control.Text));
        Assert.Equal((204, ""), (empty.Status, empty.Text));
        Assert.Equal(502, length.Status);
        Assert.Equal(0, await host.Stop());
        Assert.DoesNotContain("Exception", host.Output, StringComparison.Ordinal);
        Assert.Contains("its Content-Length is 2, 5", host.Output, StringComparison.Ordinal);
        socket.Stop();
        await Assert.ThrowsAnyAsync<Exception>(() => answering);
    }

    // Kestrel, as a site, would not send these.
    private static async Task AnswerAsync(TcpListener site)
    {
        while (true)
        {
            using var connection = await site.AcceptSocketAsync(Cancellation);
            var request = new byte[4096];
            var length = await connection.ReceiveAsync(request, Cancellation);
            var head = Encoding.ASCII.GetString(request, 0, length).Split(' ')[1] switch
            {
                "/control" => "200 OK\r\nX-Odd: a\u0001b\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
                "/empty" => "204 No Content\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello",
                _ => "200 OK\r\nContent-Length: 2, 5\r\nConnection: close\r\n\r\nok",
            };
            await connection.SendAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 {head}"), Cancellation);
        }
    }

    [Fact]
    public async Task An_application_puts_filters_in_front_of_a_site_by_the_forwarder_of_YARP()
    {
        Assert.SkipWhen(HostCommand.WhyNot(Platform.Linux) is not null, HostCommand.WhyNot(Platform.Linux) ?? string.Empty);
        await using var site = await StartSite(context =>
        {
            context.Response.Headers.XPoweredBy = "a test";
            return context.Response.WriteAsync($"{context.Request.Path}{context.Request.QueryString}", Cancellation);
        });
        await using var host = await HostProcess.Start(
            Platform.Linux, new HostSettings { Application = Repository.ForwardingApplication, Options = ["--Site", site.Urls.First()] });

        using var response = await host.Client.GetAsync(new Uri("/old/page?x=1", UriKind.Relative), Cancellation);

        Assert.Equal("/new/page?x=1", await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(response.Headers.Contains("X-Powered-By"));
    }

    private static Task<HostProcess> Start(Platform platform, WebApplication site, string filter = "add-headers") =>
        HostProcess.Start(platform, new HostSettings { Filters = [filter], Options = ["--forward", site.Urls.First()] });

    private static async Task<WebApplication> StartSite(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var site = builder.Build();
        site.UseWebSockets();
        site.Run(answer);
        await site.StartAsync(Cancellation);
        return site;
    }
}
