using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd.Filters;

/// <summary>Filters that change Content-Length and Transfer-Encoding in SEND_RESPONSE: what leaves the framing right is done.</summary>
public sealed class FramingChangeTests
{
    [Theory]
    [Platforms("none", "0", Framing.Chunked)]
    [Platforms("chunked", "0", Framing.Chunked)]
    [Platforms("both", "0 0", Framing.Chunked)]
    [Platforms("length 5", "50", Framing.ContentLength)]
    [Platforms("length x", "50", Framing.ContentLength)]
    [Platforms("gzip", "50", Framing.ContentLength)]
    [Platforms("unchunked", "0", Framing.ContentLength)]
    public async Task A_response_of_known_length(Platform platform, string change, string results, object framing)
    {
        await using var host = await Start(platform);
        foreach (var url in (string[])[host.Url("hello"), host.Url("write-large", "?megabytes=1&length=1")])
        {
            var plain = await host.Ask(url);
            Assert.Equal(Framing.ContentLength, plain.Framing);

            using var connection = await RawConnection.Open(host.Address);
            for (var i = 0; i < 2; i++)
            {
                await connection.Request(url, lines: "X-Change: " + change);
                var changed = await connection.Read();
                Assert.Equal((results, (Framing)framing), (changed.Value("X-Changed"), changed.Framing));
                Assert.Equal(plain.Body, changed.Body);
            }
        }
    }

    private static Task<HostProcess> Start(Platform platform) =>
        HostProcess.Start(platform, new HostSettings { Filters = ["change-framing"], Modules = ["hello", "write-large"] });
}
