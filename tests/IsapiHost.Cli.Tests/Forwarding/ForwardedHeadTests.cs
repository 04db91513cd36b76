using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace IsapiHost.Cli.Tests.Forwarding;

public sealed class ForwardedHeadTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/a%2Fb/../c%20d?x=%41&y=a+b")]
    [InlineData("/?")]
    [InlineData("//double//")]
    public async Task The_target_arrives_as_the_client_wrote_it(string target)
    {
        await using var pair = await ForwardingPair.StartAsync(
            context => context.Response.WriteAsync(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget));
        Uri address = new(
            pair.Front.GetLeftPart(UriPartial.Authority) + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

        Assert.Equal(target, await pair.Client.GetStringAsync(address, Cancellation));
    }

    [Fact]
    public async Task Headers_of_the_connection_stay_on_it_in_both_directions()
    {
        Dictionary<string, string> seen = [];
        await using var pair = await ForwardingPair.StartAsync(context =>
        {
            seen = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString());
            context.Response.Headers.Connection = "x-response-hop";
            context.Response.Headers["X-Response-Hop"] = "1";
            context.Response.Headers["Keep-Alive"] = "timeout=5";
            context.Response.Headers["X-Kept"] = "yes";
            return Task.CompletedTask;
        });
        using TcpClient client = new();
        await client.ConnectAsync(pair.Front.Host, pair.Front.Port, Cancellation);

        // Beside close, keep-alive or Upgrade, Kestrel forgets what else the header names.
        await client.GetStream().WriteAsync(
            "GET / HTTP/1.1\r\nHost: x\r\nConnection: X-Hop, X-Hop2\r\nX-Hop: 1\r\nX-Hop2: 1\r\n"u8.ToArray(), Cancellation);
        await client.GetStream().WriteAsync(
            "Keep-Alive: 1\r\nProxy-Connection: close\r\nHTTP2-Settings: x\r\nTrailer: X-T\r\nX-Kept: value\r\nTE: gzip, trailers;q=1\r\n\r\n"u8.ToArray(),
            Cancellation);
        using StreamReader reader = new(client.GetStream());
        List<string> response = [];
        while (await reader.ReadLineAsync(Cancellation) is { Length: > 0 } line)
        {
            response.Add(line);
        }

        Assert.Empty(seen.Keys.Intersect(["Connection", "X-Hop", "X-Hop2", "Keep-Alive", "Proxy-Connection", "HTTP2-Settings", "Trailer"], StringComparer.OrdinalIgnoreCase));
        Assert.Equal("value", seen["X-Kept"]);
        Assert.Equal("trailers", seen["TE"]);
        Assert.DoesNotContain(response, line => line.Contains("hop", StringComparison.OrdinalIgnoreCase) || line.StartsWith("Keep", StringComparison.Ordinal));
        Assert.Contains("X-Kept: yes", response);
    }

    [Fact]
    public async Task The_site_is_told_of_the_client_after_what_proxies_in_front_have_said()
    {
        await using var pair = await ForwardingPair.StartAsync(context => context.Response.WriteAsync(string.Join(
            '|', ((string[])["Host", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Via"]).Select(name => context.Request.Headers[name]))));
        using HttpRequestMessage request = new(HttpMethod.Get, "/");
        request.Headers.Host = "www.example.org";
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", "192.0.2.1");
        request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", "https");
        using var response = await pair.Client.SendAsync(request, Cancellation);

        Assert.Equal(
            "www.example.org|192.0.2.1, 127.0.0.1|https, http|www.example.org|", await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task The_site_gets_its_own_host_and_a_via_header_if_asked_for()
    {
        await using var pair = await ForwardingPair.StartAsync(
            context => context.Response.WriteAsync($"{context.Request.Host} {context.Request.Headers.Via}"),
            options => (options.ForwardKeepsHost, options.ForwardVia) = (false, true));

        Assert.Equal($"{pair.Site.Authority} 1.1 isapihost", await pair.Client.GetStringAsync("/", Cancellation));
    }

    [Fact]
    public async Task Redirects_cookies_and_encodings_are_the_clients_business()
    {
        await using var pair = await ForwardingPair.StartAsync(context =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = "/elsewhere";
            context.Response.Headers.ContentEncoding = "gzip";
            context.Response.Headers.SetCookie = new(["a=1; expires=Fri, 01 Jan 2038 00:00:00 GMT", "b=2"]);
            return context.Response.WriteAsync("not really gzip");
        });
        using var response = await pair.Client.GetAsync("/", Cancellation);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal("/elsewhere", response.Headers.Location?.OriginalString);
        Assert.Equal(["a=1; expires=Fri, 01 Jan 2038 00:00:00 GMT", "b=2"], response.Headers.GetValues("Set-Cookie"));
        Assert.Equal("not really gzip", await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Responses_without_a_body_keep_their_head()
    {
        await using var pair = await ForwardingPair.StartAsync(context =>
        {
            context.Response.StatusCode = int.Parse(context.Request.Path.Value![1..], null);
            context.Response.Headers.ETag = "\"tag\"";
            if (HttpMethods.IsHead(context.Request.Method))
            {
                context.Response.ContentLength = 12345;
            }

            return Task.CompletedTask;
        });
        using var head = await pair.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/200"), Cancellation);
        using var unchanged = await pair.Client.GetAsync("/304", Cancellation);
        using var empty = await pair.Client.GetAsync("/204", Cancellation);

        Assert.Equal(12345, head.Content.Headers.ContentLength);
        Assert.Equal((HttpStatusCode.NotModified, "\"tag\""), (unchanged.StatusCode, unchanged.Headers.ETag?.Tag));
        Assert.Equal(HttpStatusCode.NoContent, empty.StatusCode);
    }

    [Fact]
    public async Task What_a_filter_wrote_into_target_and_headers_cannot_become_another_request()
    {
        await using var pair = await ForwardingPair.StartAsync(
            context => context.Response.WriteAsync($"{context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget} {context.Request.Headers["X-Bad"]}"),
            before: context =>
            {
                context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = "/a b\r\nX: y";
                context.Request.Headers["X-Bad"] = "a\r\nX-Worse: b";
            });

        Assert.Equal("/a%20b%0D%0AX:%20y ", await pair.Client.GetStringAsync("/", Cancellation));
    }

    [Fact]
    public async Task A_client_of_http_2_reaches_a_site_of_http_1_1()
    {
        await using var pair = await ForwardingPair.StartAsync(
            context => context.Response.WriteAsync($"{context.Request.Protocol} {context.Request.Host} {context.Request.Headers.Cookie}"),
            protocols: HttpProtocols.Http2);
        using HttpRequestMessage request = new(HttpMethod.Get, "/") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.TryAddWithoutValidation("Cookie", "a=1; b=2");
        using var response = await pair.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpVersion.Version20, response.Version);
        Assert.Equal($"HTTP/1.1 {pair.Front.Authority} a=1; b=2", await response.Content.ReadAsStringAsync(Cancellation));
    }
}
