using System.Globalization;
using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd;

public sealed class DownloadTests(SharedHosts hosts)
{
    private const int Megabyte = 1024 * 1024;

    [Theory, Platforms]
    public async Task Many_small_writes_arrive_in_order(Platform platform)
    {
        var host = await hosts.Get(platform);

        Assert.Equal(
            string.Concat(Enumerable.Range(1, 50_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"line {i}\n"))),
            await host.GetText("write-many", "?count=50000"));
    }

    [Theory]
    [Platforms(1, 100)]
    [Platforms(20, 65_536)]
    [Platforms(20, 5_000_000)]
    public async Task A_large_answer_arrives_whole(Platform platform, int megabytes, int piece)
    {
        var host = await hosts.Get(platform);

        await AssertPattern(host, Query(megabytes, piece), megabytes * Megabyte);
        await AssertPattern(host, Query(megabytes, piece) + "&length=1", megabytes * Megabyte);
    }

    [Theory, Platforms]
    public async Task A_large_answer_arrives_whole_over_http_2(Platform platform)
    {
        var host = await hosts.GetHttp2(platform);

        await AssertPattern(host, Query(20, 65_536), 20 * Megabyte);
    }

    [Theory, Platforms]
    public async Task A_slow_client_holds_the_extension_back_and_memory_stays_flat(Platform platform)
    {
        const int Megabytes = 200;
        await using var host = await HostProcess.Start(platform, new HostSettings { Modules = ["hello", "write-large"] });
        await host.GetText("hello");
        await host.GetText("write-large", Query(1, 65_536));
        var before = platform == Platform.Linux ? host.Memory.Now : 0;

        using var connection = await RawConnection.Open(host.Address, receiveBuffer: 16_384);
        await connection.Request(host.Url("write-large", Query(Megabytes, 65_536) + "&length=1"));
        await connection.ReadHead();
        var total = 0L;
        while (total < (long)Megabytes * Megabyte && await connection.ReadExactly(Megabyte) is { Length: > 0 } piece)
        {
            total += piece.Length;
            if (total <= 20 * Megabyte)
            {
                // Slow at first: whatever would be buffered for this client is buffered now.
                Assert.StartsWith("running=1 ", await host.GetText("write-large", "?report"), StringComparison.Ordinal);
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }

        Assert.Equal((long)Megabytes * Megabyte, total);
        if (platform == Platform.Linux)
        {
            Assert.InRange(host.Memory.Peak - before, long.MinValue, 64 * Megabyte);
        }
    }

    [Theory, Platforms]
    public async Task Clients_killed_during_a_download_leave_no_request_behind(Platform platform)
    {
        const int Clients = 20;
        await using var host = await HostProcess.Start(platform, new HostSettings { Modules = ["endless"] });

        for (var i = 0; i < Clients; i++)
        {
            using var connection = await RawConnection.Open(host.Address);
            await connection.Request(host.Url("endless"));
            await connection.ReadExactly(100_000);
            connection.Reset();
        }

        await Eventually.Holds(async () =>
            (await host.GetText("endless", "?report")).StartsWith($"running=0 ended={Clients} ", StringComparison.Ordinal));
        Assert.Matches("error=(64|995|1236|10054)\n", await host.GetText("endless", "?report"));
        Assert.Equal(0, await host.Stop());
        Assert.DoesNotContain("abandon", host.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Theory, Platforms]
    public async Task A_client_that_leaves_while_the_write_is_blocked_frees_the_extension(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Modules = ["endless"] });

        // Reads nothing at all, so that the extension is inside WriteClient when the client goes.
        using (var connection = await RawConnection.Open(host.Address, receiveBuffer: 4_096))
        {
            await connection.Request(host.Url("endless"));
            await Task.Delay(500, TestContext.Current.CancellationToken);
            connection.Reset();
        }

        await Eventually.Holds(async () =>
            (await host.GetText("endless", "?report")).StartsWith("running=0 ended=1 ", StringComparison.Ordinal));
        Assert.Equal(0, await host.Stop());
    }

    private static string Query(int megabytes, int piece) =>
        string.Create(CultureInfo.InvariantCulture, $"?megabytes={megabytes}&piece={piece}");

    private static async Task AssertPattern(HostProcess host, string query, int size)
    {
        var body = await host.Client.GetByteArrayAsync(
            new Uri(host.Url("write-large", query), UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(size, body.Length);
        for (var i = 0; i < size; i++)
        {
            if (body[i] != i % 251)
            {
                Assert.Fail($"byte {i} is {body[i]}");
            }
        }
    }
}
