using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace IsapiHost.Cli.Tests.Forwarding;

public sealed class ForwardedBodyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task A_request_body_goes_on_while_it_comes(HttpProtocols protocols)
    {
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var pair = await ForwardingPair.StartAsync(
            async context =>
            {
                var first = new byte[5];
                await context.Request.Body.ReadExactlyAsync(first);
                arrived.SetResult();
                using StreamReader rest = new(context.Request.Body);
                await context.Response.WriteAsync(Encoding.ASCII.GetString(first) + await rest.ReadToEndAsync());
            },
            protocols: protocols);
        using WrittenContent content = new(async body =>
        {
            await body.WriteAsync("first"u8.ToArray());
            await body.FlushAsync();
            await arrived.Task;
            await body.WriteAsync(" second"u8.ToArray());
        });

        using var response = await pair.Client.PostAsync("/", content, Cancellation);

        Assert.Equal("first second", await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_response_body_goes_on_while_it_comes_and_its_head_before_it()
    {
        TaskCompletionSource headSeen = new(), firstSeen = new();
        await using var pair = await ForwardingPair.StartAsync(async context =>
        {
            await context.Response.StartAsync();
            await context.Response.Body.FlushAsync();
            await headSeen.Task;
            await context.Response.WriteAsync("first");
            await firstSeen.Task;
            await context.Response.WriteAsync("second");
        });

        using var response = await pair.Client.GetAsync("/", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        headSeen.SetResult();
        await using var body = await response.Content.ReadAsStreamAsync(Cancellation);
        var first = new byte[5];
        await body.ReadExactlyAsync(first, Cancellation);
        firstSeen.SetResult();
        using StreamReader rest = new(body);

        Assert.Equal("first", Encoding.ASCII.GetString(first));
        Assert.Equal("second", await rest.ReadToEndAsync(Cancellation));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Large_bodies_arrive_whole_in_both_directions(bool isChunked)
    {
        var sent = RandomNumberGenerator.GetBytes(40_000_000);
        await using var pair = await ForwardingPair.StartAsync(async context =>
        {
            context.Response.Headers["X-Length"] = context.Request.ContentLength?.ToString() ?? "chunked";
            using MemoryStream whole = new();
            await context.Request.Body.CopyToAsync(whole);
            await context.Response.BodyWriter.WriteAsync(whole.ToArray());
        });
        using MemoryStream source = new(sent);
        using HttpContent content = isChunked ? new WrittenContent(body => source.CopyToAsync(body)) : new StreamContent(source);

        using var response = await pair.Client.PostAsync("/", content, Cancellation);
        var received = await response.Content.ReadAsByteArrayAsync(Cancellation);

        Assert.Equal(isChunked ? "chunked" : sent.Length.ToString(), response.Headers.GetValues("X-Length").Single());
        Assert.Equal(SHA256.HashData(sent), SHA256.HashData(received));
    }

    [Fact]
    public async Task An_empty_body_with_a_type_stays_an_empty_body_with_a_type()
    {
        await using var pair = await ForwardingPair.StartAsync(
            context => context.Response.WriteAsync($"{context.Request.Method} {context.Request.ContentLength} {context.Request.ContentType}"));
        using StringContent content = new("", Encoding.ASCII, "text/x-nothing");
        using var response = await pair.Client.PostAsync("/", content, Cancellation);

        Assert.Equal("POST 0 text/x-nothing; charset=us-ascii", await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_client_that_waits_to_be_asked_for_its_body_is_asked_only_if_the_site_wants_it()
    {
        var isWritten = false;
        await using var pair = await ForwardingPair.StartAsync(async context =>
        {
            if (context.Request.Path == "/wanted")
            {
                using StreamReader body = new(context.Request.Body);
                await context.Response.WriteAsync(await body.ReadToEndAsync());
                return;
            }

            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        });
        using SocketsHttpHandler patient = new() { Expect100ContinueTimeout = TimeSpan.FromMinutes(5) };
        using HttpClient client = new(patient) { BaseAddress = pair.Front };
        client.DefaultRequestHeaders.ExpectContinue = true;
        using StringContent wanted = new("the body");
        using WrittenContent unwanted = new(_ =>
        {
            isWritten = true;
            return Task.CompletedTask;
        });

        using var read = await client.PostAsync("/wanted", wanted, Cancellation);
        using var refused = await client.PostAsync("/unwanted", unwanted, Cancellation);

        Assert.Equal("the body", await read.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.False(isWritten);
    }

    [Fact]
    public async Task Trailers_reach_a_client_of_http_2()
    {
        await using var pair = await ForwardingPair.StartFrontAsync(
            ForwardingPair.Listen(socket => socket.SendAsync(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\nX-Sum: 4\r\nContent-Length: 9\r\n\r\n"u8.ToArray())),
            protocols: HttpProtocols.Http2);
        using var response = await pair.Client.GetAsync("/", Cancellation);

        Assert.Equal("body", await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("4", response.TrailingHeaders.GetValues("X-Sum").Single());
    }

    /// <summary>A body of unknown length that a function writes.</summary>
    private sealed class WrittenContent(Func<Stream, Task> write) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => write(stream);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
