using System.Globalization;
using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd;

/// <summary>Heads of requests that nobody should send.</summary>
public sealed class RequestHeadTests(SharedHosts hosts)
{
    [Theory]
    [Platforms("3\0")]
    [Platforms("3\v")]
    [Platforms("\f3")]
    [Platforms("\v\f3\0\0")]
    [Platforms("3 3")]
    [Platforms("-3")]
    [Platforms("999999999999999999999")]
    public async Task A_length_that_is_none_gives_400(Platform platform, string length)
    {
        var response = await Post(platform, length);

        Assert.Equal(400, response.Status);
    }

    [Theory]
    [Platforms("3")]
    [Platforms("00000000000000000003")]
    [Platforms("000000000000000000003")]
    public async Task Zeros_before_a_length_change_nothing(Platform platform, string length)
    {
        var response = await Post(platform, length);

        Assert.Equal(200, response.Status);
        Assert.StartsWith("bytes=3 ", response.Text, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task Bytes_above_7F_in_the_URL_give_400_and_a_warning(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Modules = ["hello"] });
        for (var i = 0; i < 3; i++)
        {
            using var connection = await RawConnection.Open(host.Address);
            await connection.Request(host.Url("hello", "?name=\u00D6\u00D0"));
            Assert.Equal(400, (await connection.Read()).Status);
        }

        await Eventually.Holds(() => Task.FromResult(host.Output.Contains("%D6%D0", StringComparison.Ordinal)));
        Assert.Equal(0, await host.Stop());
        Assert.Equal(1, host.Output.Split("was refused with 400").Length - 1);
    }

    private async Task<RawResponse> Post(Platform platform, string length)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);
        await connection.Send(string.Create(
            CultureInfo.InvariantCulture, $"POST {host.Url("checksum")} HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\nabc"));
        return await connection.Read();
    }
}
