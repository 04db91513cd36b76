using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Cli.Tests.Forwarding;

public sealed class ForwardFailureTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_site_that_cannot_be_reached_gives_502()
    {
        using TcpListener closed = new(IPAddress.Loopback, 0);
        closed.Start();
        Uri nobody = new($"http://{closed.LocalEndpoint}");
        closed.Stop();
        await using var pair = await ForwardingPair.StartFrontAsync(nobody);
        using var response = await pair.Client.GetAsync("/", Cancellation);

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal("The site behind this host cannot be reached.\n", await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_site_that_resets_the_connection_or_answers_nonsense_gives_502()
    {
        await using var reset = await ForwardingPair.StartFrontAsync(ForwardingPair.Listen(socket =>
        {
            socket.LingerState = new LingerOption(true, 0);
            return Task.CompletedTask;
        }));
        await using var nonsense = await ForwardingPair.StartFrontAsync(ForwardingPair.Listen(socket => socket.SendAsync("220 smtp ready\r\n\r\n"u8.ToArray())));

        Assert.Equal(HttpStatusCode.BadGateway, (await reset.Client.GetAsync("/", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.BadGateway, (await nonsense.Client.GetAsync("/", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_site_that_does_not_answer_gives_504()
    {
        TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var pair = await ForwardingPair.StartAsync(
            async context =>
            {
                context.RequestAborted.Register(left.SetResult);
                await left.Task;
            },
            options => options.ForwardTimeout = TimeSpan.FromMilliseconds(200));
        using var response = await pair.Client.GetAsync("/", Cancellation);

        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        await left.Task.WaitAsync(Cancellation);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n")]
    public async Task A_response_that_breaks_off_is_never_presented_as_whole(string half)
    {
        await using var pair = await ForwardingPair.StartFrontAsync(
            ForwardingPair.Listen(socket => socket.SendAsync(System.Text.Encoding.ASCII.GetBytes(half))));

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => pair.Client.GetStringAsync("/", Cancellation));
    }

    [Fact]
    public async Task A_response_that_stands_still_is_aborted()
    {
        TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var pair = await ForwardingPair.StartAsync(
            async context =>
            {
                context.RequestAborted.Register(left.SetResult);
                await context.Response.WriteAsync("half");
                await left.Task;
            },
            options => options.ForwardTimeout = TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => pair.Client.GetStringAsync("/", Cancellation));
        await left.Task.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task A_client_that_leaves_ends_the_request_at_the_site()
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var pair = await ForwardingPair.StartAsync(async context =>
        {
            context.RequestAborted.Register(left.SetResult);
            started.SetResult();
            await left.Task;
        });
        using CancellationTokenSource leave = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var answer = pair.Client.GetAsync("/", leave.Token);
        await started.Task.WaitAsync(Cancellation);
        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        await left.Task.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task A_tunnel_is_refused_and_a_question_about_the_server_is_answered_here()
    {
        await using var pair = await ForwardingPair.StartAsync(context => context.Response.WriteAsync("the site"));

        Assert.StartsWith("HTTP/1.1 405", await StatusOf("CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", await StatusOf("OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);

        async Task<string?> StatusOf(string request)
        {
            using TcpClient client = new();
            await client.ConnectAsync(pair.Front.Host, pair.Front.Port, Cancellation);
            await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(request), Cancellation);
            using StreamReader reader = new(client.GetStream());
            return await reader.ReadLineAsync(Cancellation);
        }
    }
}
