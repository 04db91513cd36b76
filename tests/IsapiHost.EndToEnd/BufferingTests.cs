using System.Net;
using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd;

/// <summary>When gathered output goes out although the answer is not complete. One class, because the module's flag is shared.</summary>
public sealed class BufferingTests(SharedHosts hosts)
{
    [Theory]
    [Platforms("idle")]
    [Platforms("flush")]
    [Platforms("pending")]
    public async Task The_first_line_arrives_before_the_second_is_written(Platform platform, string variant)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);

        await connection.Request(host.Url("buffering", "?" + variant));
        var head = await connection.ReadHead();
        Assert.Contains("Transfer-Encoding: chunked", head, StringComparison.Ordinal);
        Assert.Equal("6\r\nfirst\n"u8.ToArray(), await connection.ReadExactly(9));

        await host.GetText("buffering", "?go");
        Assert.Equal("\r\n7\r\nsecond\n\r\n0\r\n\r\n"u8.ToArray(), await connection.ReadExactly(19));
    }

    [Theory]
    [Platforms("idle")]
    [Platforms("flush")]
    [Platforms("pending")]
    public async Task The_first_line_of_a_stream_arrives_before_the_second_is_written(Platform platform, string variant)
    {
        var host = await hosts.GetHttp2(platform);
        await FirstLineComesFirst(host.Client, new Uri(host.Url("buffering", "?" + variant), UriKind.Relative), new Uri(host.Url("buffering", "?go"), UriKind.Relative));
    }

    // The second request is another stream of the same connection.
    private static async Task FirstLineComesFirst(HttpClient client, Uri url, Uri go)
    {
        using var response = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var line = new byte[7];
        Assert.Equal(6, await body.ReadAtLeastAsync(line, 6, throwOnEndOfStream: false, TestContext.Current.CancellationToken));

        using var gone = await client.GetAsync(go, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, gone.StatusCode);
        Assert.Equal(7, await body.ReadAtLeastAsync(line, 7, throwOnEndOfStream: false, TestContext.Current.CancellationToken));
        Assert.Equal("second\n"u8.ToArray(), line);
    }
}
