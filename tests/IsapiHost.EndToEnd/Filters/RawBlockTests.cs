using System.Globalization;
using System.Text;
using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd.Filters;

/// <summary>The blocks that SEND_RAW_DATA comes with, and writes of filters to the connection.</summary>
public sealed class RawBlockTests
{
    [Theory, Platforms]
    public async Task The_head_comes_first_and_alone(Platform platform)
    {
        await using var host = await HostProcess.Start(
            platform, new HostSettings { Filters = ["raw-blocks", "own-answers"], Modules = ["hello"] });

        using var connection = await RawConnection.Open(host.Address);
        foreach (var url in (string[])[host.Url("hello"), "/nothing", "/short/kept", host.Url("hello", "/a%0D%0A%0D%0Ab")])
        {
            await connection.Request(url);
            Assert.Equal("1", (await connection.Read()).Value("X-Block"));
        }

        await connection.Request(host.Url("hello"), "HEAD");
        await connection.Read("HEAD");
        await connection.Request("/blocks");
        Assert.Equal("HBHBHBHBH\n", (await connection.Read()).Text);
    }

    [Theory, Platforms]
    public async Task An_interim_head_is_a_block_of_its_own(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Filters = ["raw-blocks"], Modules = ["echo-ecb"] });

        using var connection = await RawConnection.Open(host.Address);
        await connection.Send($"POST {host.Url("echo-ecb")} HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
        Assert.Equal(100, (await connection.Read()).Status);
        await connection.Send("abc");
        Assert.Equal(200, (await connection.Read()).Status);
        await connection.Request("/blocks");

        Assert.Equal("HHB\n", (await connection.Read()).Text);
    }

    [Theory, Platforms]
    public async Task What_the_server_itself_refuses_has_a_head_too(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Filters = ["raw-blocks"] });

        using var connection = await RawConnection.Open(host.Address);
        await connection.Send("GET / HTTP/1.1\r\nBad Header: x\r\n\r\n");

        var response = await connection.Read();
        Assert.Equal((400, "1"), (response.Status, response.Value("X-Block")));
        Assert.Equal("H\n", (await host.Ask("/blocks")).Text);
    }

    [Theory, Platforms]
    public async Task A_filter_writes_more_than_fits_into_one_block(Platform platform)
    {
        const int Size = 5_000_000;
        await using var host = await Start(platform, Size);

        var response = await host.Ask("/any");

        Assert.Equal(Size, response.Body.Length);
        Assert.Equal((byte)'z', response.Body[^1]);
    }

    [Theory, Platforms]
    public async Task A_write_of_a_gigabyte_to_a_client_that_leaves_is_an_error_to_the_filter_and_none_to_the_host(Platform platform)
    {
        await using var host = await Start(platform, 1 << 30);

        using (var connection = await RawConnection.Open(host.Address))
        {
            await connection.Request("/any");
            await connection.ReadExactly(10_000_000);
            connection.Reset();
        }

        await Eventually.Holds(() => Task.FromResult(host.Output.Contains("WriteClient: 64", StringComparison.Ordinal)));
        Assert.Equal(0, await host.Stop());
        Assert.DoesNotContain("failed in the host", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", host.Output, StringComparison.Ordinal);
    }

    private static Task<HostProcess> Start(Platform platform, int bytes) => HostProcess.Start(platform, new HostSettings
    {
        Filters = ["late-writer"],
        Environment = new Dictionary<string, string> { ["LATE_BYTES"] = bytes.ToString(CultureInfo.InvariantCulture) },
    });
}
