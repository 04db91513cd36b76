using System.Net;
using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd;

public sealed class ConcurrencyTests
{
    [Theory, Platforms]
    public async Task A_thousand_sleeping_requests_are_all_answered(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Modules = ["sleep"] });

        var answers = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => host.GetText("sleep", "?ms=100")));

        Assert.All(answers, answer => Assert.Equal("slept 100\n", answer));
        Assert.StartsWith("running=0 ", await host.GetText("sleep", "?report"), StringComparison.Ordinal);
        Assert.Equal(0, await host.Stop());
    }

    [Theory, Platforms]
    public async Task Requests_beyond_threads_and_queue_get_503_and_the_log_says_which_limit(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Modules = ["sleep"],
            Environment = new Dictionary<string, string> { ["Isapi__Threads__Limit"] = "2", ["Isapi__Threads__QueueLimit"] = "3" },
        });

        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.Get("sleep", "?ms=1000")));
        var statuses = responses.Select(response => response.StatusCode).ToLookup(status => status);
        foreach (var response in responses)
        {
            response.Dispose();
        }

        Assert.Equal(20, statuses[HttpStatusCode.OK].Count() + statuses[HttpStatusCode.ServiceUnavailable].Count());
        Assert.InRange(statuses[HttpStatusCode.OK].Count(), 5, 19);
        Assert.Matches("running=0 peak=[12]\n", await host.GetText("sleep", "?report"));
        Assert.Equal(0, await host.Stop());
        Assert.Contains("QueueLimit", host.Output, StringComparison.Ordinal);
    }
}
