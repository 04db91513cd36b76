using System.Net;
using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd;

/// <summary>Limits of uploads, and uploads of unknown length that are made known.</summary>
public sealed class UploadOptionTests
{
    private const int Limit = 2_000_000;

    [Theory, Platforms]
    public async Task A_chunked_upload_can_be_presented_with_its_length(Platform platform)
    {
        await using var host = await Start(platform);

        foreach (var size in new[] { 0, 1, 49_153, 65_536, 65_537, Limit })
        {
            var body = Checksum.Body(size);
            using var response = await Post(host, body);

            Assert.Equal(
                FormattableString.Invariant($"bytes={size} checksum={Checksum.Of(body)} total={size} available={Math.Min(size, 49_152)}\n"),
                await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    [Theory, Platforms]
    public async Task Uploads_beyond_the_limits_get_413_and_the_host_goes_on(Platform platform)
    {
        await using var host = await Start(platform);

        using (var tooLongToSpool = await Post(host, new byte[Limit + 1]))
        {
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLongToSpool.StatusCode);
        }

        using (var connection = await RawConnection.Open(host.Address))
        {
            await connection.Request(host.Url("checksum"), "POST", lines: "Content-Length: 3000001");
            Assert.StartsWith("HTTP/1.1 413 ", (await connection.ReadHead()), StringComparison.Ordinal);
        }

        Assert.Equal("running=0 broken=0\n", await host.GetText("checksum", "?report"));
    }

    private static Task<HostProcess> Start(Platform platform) => HostProcess.Start(platform, new HostSettings
    {
        Modules = ["checksum"],
        Environment = new Dictionary<string, string>
        {
            ["ISAPI__UPLOADS__SPOOLCHUNKED"] = "true",
            ["ISAPI__UPLOADS__SPOOLLIMIT"] = "2000000",
            ["ISAPI__UPLOADS__MAXSIZE"] = "3000000",
        },
    });

    private static async Task<HttpResponseMessage> Post(HostProcess host, byte[] body)
    {
        using var stream = new MemoryStream(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Url("checksum"), UriKind.Relative));
        request.Content = new StreamContent(stream);
        request.Content.Headers.ContentLength = null;
        request.Headers.TransferEncodingChunked = true;
        return await host.Client.SendAsync(request);
    }
}
