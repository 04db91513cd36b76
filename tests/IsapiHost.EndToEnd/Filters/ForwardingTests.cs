using System.Net;
using System.Net.Sockets;
using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd.Filters;

/// <summary><c>--forward</c>: the command in front of a site, with an extension and a filter.</summary>
public sealed class ForwardingTests
{
    [Theory, Platforms]
    public async Task A_filter_stands_in_front_of_a_site_and_an_extension_beside_it(Platform platform)
    {
        using var site = StartSite(out var address);
        await using var host = await HostProcess.Start(
            platform, new HostSettings { Modules = ["hello"], Filters = ["add-headers"], Options = ["--forward", address, "--log-requests"] });
        using StringContent content = new("the body");

        using var forwarded = await host.Client.PostAsync(new Uri("/page?x=1", UriKind.Relative), content, TestContext.Current.CancellationToken);
        using var extension = await host.Get("hello");

        Assert.Equal(HttpStatusCode.Accepted, forwarded.StatusCode);
        Assert.Equal(
            $"POST /page?x=1 {host.Address.Authority} 127.0.0.1 the body", await forwarded.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("nosniff", forwarded.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(forwarded.Headers.Contains("X-Powered-By"));
        Assert.Equal("nosniff", extension.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(0, await host.Stop());
        Assert.Contains("POST /page?x=1 202", host.Output, StringComparison.Ordinal);
        Assert.Contains($"Other requests go to {address}", host.Output, StringComparison.Ordinal);
    }

    private static HttpListener StartSite(out string address)
    {
        using (TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            address = $"http://{free.LocalEndpoint}";
        }

        HttpListener site = new();
        site.Prefixes.Add($"{address}/");
        site.Start();
        _ = AnswerAsync(site);
        return site;
    }

    private static async Task AnswerAsync(HttpListener site)
    {
        var context = await site.GetContextAsync();
        using StreamReader body = new(context.Request.InputStream);
        var text = $"{context.Request.HttpMethod} {context.Request.RawUrl} {context.Request.UserHostName} "
            + $"{context.Request.Headers["X-Forwarded-For"]} {await body.ReadToEndAsync()}";
        context.Response.StatusCode = (int)HttpStatusCode.Accepted;
        context.Response.Headers["X-Powered-By"] = "a test";
        context.Response.Close(System.Text.Encoding.ASCII.GetBytes(text), willBlock: false);
    }
}
