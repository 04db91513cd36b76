using System.Net;
using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd;

/// <summary>A body whose length the client does not tell: extensions look at Transfer-Encoding to see that there is one.</summary>
public sealed class UnknownLengthTests(SharedHosts hosts)
{
    [Theory]
    [Platforms(true)]
    [Platforms(false)]
    public async Task It_is_chunked_whatever_the_protocol(Platform platform, bool http2)
    {
        var host = http2 ? await hosts.GetHttp2(platform) : await hosts.Get(platform);

        var text = await Post(host, "?HTTP_TRANSFER_ENCODING&ALL_RAW&ALL_HTTP", [1, 2, 3]);

        Assert.Contains("HTTP_TRANSFER_ENCODING result=1 size=8 error=0 nul=1 value=chunked\n", text, StringComparison.Ordinal);
        Assert.Contains("transfer-encoding: chunked\r\n", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("HTTP_TRANSFER_ENCODING:chunked\n", text, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task Filters_see_it_as_well(Platform platform)
    {
        await using var host = await HostProcess.Start(
            platform, new HostSettings { Filters = ["headers"], Modules = ["variables"], Http2 = true });

        Assert.Equal("1 0 8 chunked\n", await Post(host, "", [1, 2, 3], ("X-Probe", "Transfer-Encoding:"), ("X-Size", "256")));
    }

    private static async Task<string> Post(HostProcess host, string query, byte[] body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Url("variables", query), UriKind.Relative))
        {
            Version = host.Client.DefaultRequestVersion,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new StreamContent(new Unmeasured(body)),
        };
        request.Headers.TransferEncodingChunked = host.Client.DefaultRequestVersion == HttpVersion.Version11 ? true : null;
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Cannot seek, so that no length is told.</summary>
    private sealed class Unmeasured(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
