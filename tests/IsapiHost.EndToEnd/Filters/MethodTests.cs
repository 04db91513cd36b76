using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd.Filters;

/// <summary>A filter may change the method, but the client waits for the response to the one that it sent.</summary>
public sealed class MethodTests
{
    [Theory]
    [Platforms("own-length")]
    [Platforms("computed-length")]
    [Platforms("own-chunks")]
    public async Task GET_that_became_HEAD_has_a_whole_response(Platform platform, string variant)
    {
        await using var host = await Start(platform);
        using (var connection = await RawConnection.Open(host.Address))
        {
            await connection.Request(host.Url("framing", "?" + variant), lines: "X-Method: HEAD");
            Assert.Equal(200, (await connection.Read()).Status);
            await AssertNext(host, connection);
        }

        await AssertQuiet(host);
    }

    [Theory]
    [Platforms("")]
    [Platforms("&length=1")]
    public async Task HEAD_that_became_GET_has_no_body_however_large(Platform platform, string length)
    {
        await using var host = await Start(platform);
        using (var connection = await RawConnection.Open(host.Address))
        {
            await connection.Request(host.Url("write-large", "?megabytes=1&piece=65536" + length), "HEAD", lines: "X-Method: GET");
            Assert.Equal(200, (await connection.Read("HEAD")).Status);
            await AssertNext(host, connection);
        }

        await AssertQuiet(host);
    }

    [Theory, Platforms]
    public async Task HEAD_of_a_URL_that_is_sent_instead_has_no_body_and_is_logged_as_it_came(Platform platform)
    {
        await using var host = await Start(platform, "--log-requests");
        var url = host.Url("redirect", host.Url("write-large") + "?send-local-url");
        using (var connection = await RawConnection.Open(host.Address))
        {
            await connection.Request(url, "HEAD");
            Assert.Equal(200, (await connection.Read("HEAD")).Status);
            await AssertNext(host, connection);
        }

        await AssertQuiet(host);
        Assert.Contains($"HEAD {url} 200", host.Output, StringComparison.Ordinal);
    }

    // What is next on the wire must be the response to the next request.
    private static async Task AssertNext(HostProcess host, RawConnection connection)
    {
        await connection.Request(host.Url("hello"));
        Assert.StartsWith("Hello", (await connection.Read()).Text, StringComparison.Ordinal);
    }

    private static async Task AssertQuiet(HostProcess host)
    {
        Assert.Equal(0, await host.Stop());
        Assert.DoesNotContain("unhandled", host.Output, StringComparison.OrdinalIgnoreCase);
    }

    private static Task<HostProcess> Start(Platform platform, params string[] options) => HostProcess.Start(platform, new HostSettings
    {
        Modules = ["framing", "write-large", "redirect", "hello"],
        Filters = ["method"],
        Options = options,
    });
}
