using System.Globalization;
using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd.Filters;

/// <summary>Wrong calls of a filter from many threads at once, 100,000 in all on each platform: none is taken, and the host serves on.</summary>
public sealed class FilterStormTests
{
    private const int Batches = 10;
    private const int RequestsAtOnce = 20;
    private const int CallsOfEach = 4 * 125;

    [Theory, Platforms]
    public async Task Wrong_calls_from_many_threads_are_refused(Platform platform)
    {
        await using var host = await HostProcess.Start(
            platform, new HostSettings { Filters = ["storm"], Modules = ["filters/storm", "hello"] });

        for (var batch = 0; batch < Batches; batch++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(batch * RequestsAtOnce, RequestsAtOnce).Select(
                seed => host.Ask(host.Url("storm", string.Create(CultureInfo.InvariantCulture, $"?storm{seed}")))));

            Assert.All(answers, answer => Assert.Equal("calm\n", answer.Text));
            Assert.All(answers, answer => Assert.Null(answer.Value("X-Wrong")));
            Assert.StartsWith("Hello", await host.GetText("hello"), StringComparison.Ordinal);
        }

        await Eventually.Holds(async () => (await host.GetText("storm", "?report")).StartsWith("running=0 ", StringComparison.Ordinal));
        var report = await host.GetText("storm", "?report");
        Assert.EndsWith(" wrong=0\n", report, StringComparison.Ordinal);
        Assert.True(int.Parse(report.Split(' ')[1]["made=".Length..], CultureInfo.InvariantCulture) >= Batches * RequestsAtOnce * CallsOfEach);
        Assert.Equal(0, await host.Stop());
    }
}
