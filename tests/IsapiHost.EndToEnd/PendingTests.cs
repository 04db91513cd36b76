using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd;

/// <summary>HSE_STATUS_PENDING and DONE_WITH_SESSION, in every order. One class, so one at a time: they share the module's report.</summary>
public sealed class PendingTests(SharedHosts hosts)
{
    [Theory]
    [Platforms("after", "from another thread\n")]
    [Platforms("before", "from another thread\n")]
    [Platforms("race", "from another thread\n")]
    [Platforms("null-status", "from the same thread\n")]
    [Platforms("then-success", "from the same thread\n")]
    public async Task The_request_ends_once(Platform platform, string variant, string body)
    {
        var host = await hosts.Get(platform);

        Assert.Equal(body, await host.GetText("done", "?" + variant));
    }

    [Theory, Platforms]
    public async Task Many_races_between_done_and_pending_all_end(Platform platform)
    {
        var host = await hosts.Get(platform);

        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => host.GetText("done", "?race")));

        Assert.All(answers, answer => Assert.Equal("from another thread\n", answer));
    }

    [Theory, Platforms]
    public async Task The_second_done_is_refused(Platform platform)
    {
        var host = await hosts.Get(platform);

        Assert.Equal("from the same thread\n", await host.GetText("done", "?twice"));

        Assert.Equal("first=1/0 second=0/87 ", await host.GetText("done", "?report"));
    }

    [Theory, Platforms]
    public async Task An_error_after_done_does_not_change_the_answer(Platform platform)
    {
        var host = await hosts.Get(platform);

        Assert.Equal("from the same thread\n", await host.GetText("done", "?then-error"));
    }

    [Theory, Platforms]
    public async Task Calls_after_done_are_refused_while_the_request_still_runs(Platform platform)
    {
        var host = await hosts.Get(platform);

        Assert.Equal("from the same thread\n", await host.GetText("done", "?then-callbacks"));

        Assert.Equal(
            "first=1/0 variable=0/87 write=0/87 read=0/87 head=0/87 done=0/87 ",
            await host.GetText("done", "?report"));
    }

    [Theory, Platforms]
    public async Task Calls_long_after_done_are_refused(Platform platform)
    {
        var host = await hosts.Get(platform);

        Assert.Equal("from another thread\n", await host.GetText("done", "?then-callbacks-later"));

        await Eventually.Holds(async () => (await host.GetText("done", "?report")).Contains("done=", StringComparison.Ordinal));
        Assert.Equal(
            "variable=0/87 write=0/87 read=0/87 head=0/87 done=0/87 ",
            await host.GetText("done", "?report"));
    }
}
