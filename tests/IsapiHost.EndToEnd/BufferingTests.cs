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
}
