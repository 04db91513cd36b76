using System.Globalization;
using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd;

/// <summary>Asynchronous reads and writes and their completions. One class, because the modules' reports are shared.</summary>
public sealed class AsynchronousTests(SharedHosts hosts)
{
    [Theory, Platforms]
    public async Task Each_write_of_a_long_chain_completes_once_and_leaves_nothing_behind(Platform platform)
    {
        const int Count = 1_000_000;
        const long MostGrowth = 48 * Count;
        await using var host = await HostProcess.Start(platform, new HostSettings { Modules = ["async-write"] });
        await host.GetText("async-write", "?chain&count=1000");
        var before = host.Memory.Peak;

        var text = await host.GetText("async-write", string.Create(CultureInfo.InvariantCulture, $"?chain&count={Count}"));

        Assert.Equal(new string('x', Count), text[..Count]);
        Assert.Equal($"\ncompletions={Count} error=0", text[Count..]);
        Assert.InRange(host.Memory.Peak - before, 0, MostGrowth);
    }

    [Theory, Platforms]
    public async Task Many_chains_at_once_do_not_meet(Platform platform)
    {
        var host = await hosts.Get(platform);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => host.GetText("async-write", "?chain&count=200")));

        Assert.All(answers, answer => Assert.Equal(new string('x', 200) + "\ncompletions=200 error=0", answer));
    }

    [Theory, Platforms]
    public async Task The_latest_registration_is_called_and_not_on_the_stack_of_the_caller(Platform platform)
    {
        var host = await hosts.Get(platform);

        Assert.Equal("hello", await host.GetText("async-write", "?latest"));

        Assert.Equal("bytes=5 error=0 inline=0 ", await host.GetText("async-write", "?report"));
    }

    [Theory]
    [Platforms("no-callback")]
    [Platforms("taken-back")]
    public async Task Without_a_completion_function_an_asynchronous_write_is_refused(Platform platform, string variant)
    {
        var host = await hosts.Get(platform);

        Assert.Equal("0/87", await host.GetText("async-write", "?" + variant));
    }

    [Theory, Platforms]
    public async Task A_call_that_returns_success_with_a_write_under_way_is_completed_and_answered(Platform platform)
    {
        var host = await hosts.Get(platform);

        Assert.Equal("still whole", await host.GetText("async-write", "?success"));

        Assert.Equal("completed 11/0 ", await host.GetText("async-write", "?report"));
    }

    [Theory]
    [Platforms(0)]
    [Platforms(49_152)]
    [Platforms(49_153)]
    [Platforms(3_000_000)]
    public async Task A_body_is_read_to_its_end_by_asynchronous_reads(Platform platform, int size)
    {
        var host = await hosts.Get(platform);
        var body = Checksum.Body(size);
        using var content = new ByteArrayContent(body);

        using var response = await host.Client.PostAsync(
            new Uri(host.Url("async-read"), UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal(
            $"bytes={size} checksum={Checksum.Of(body)} error=0\n",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [Platforms("bad-flag", "read=0/87 cancel=0/1168 ")]
    [Platforms("no-callback", "read=0/87 cancel=0/1168 ")]
    public async Task A_read_that_cannot_be_told_of_its_end_is_refused(Platform platform, string variant, string answer)
    {
        var host = await hosts.Get(platform);

        Assert.Equal(answer, await host.GetText("async-read", "?" + variant));
    }

    [Theory]
    [Platforms("cancel", "first=1/0 cancel=1/0 completed=0/995 ")]
    [Platforms("second", "first=1/0 second=0/87 cancel=1/0 completed=0/995 ")]
    public async Task A_read_that_waits_for_the_client_can_be_cancelled(Platform platform, string variant, string answer)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);

        // One byte more than is read ahead, and that byte never comes.
        await connection.Send($"POST {host.Url("async-read", "?" + variant)} HTTP/1.1\r\nHost: test.example\r\nContent-Length: 49153\r\n\r\n");
        await connection.Send(new byte[49_152]);

        Assert.Equal(answer, (await connection.Read()).Text);
    }

    [Theory, Platforms]
    public async Task A_client_that_leaves_during_a_read_gives_one_completion(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Modules = ["async-read", "hello"] });
        using (var connection = await RawConnection.Open(host.Address))
        {
            await connection.Send($"POST {host.Url("async-read")} HTTP/1.1\r\nHost: test.example\r\nContent-Length: 100000\r\n\r\n");
            await connection.Send(new byte[60_000]);
            connection.Reset();
        }

        await host.GetText("hello");
        Assert.Equal(0, await host.Stop());
        Assert.DoesNotContain("abandon", host.Output, StringComparison.OrdinalIgnoreCase);
    }
}
