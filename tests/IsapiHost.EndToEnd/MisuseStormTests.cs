using System.Globalization;
using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd;

/// <summary>Wrong calls from many threads at once, 100,000 in all on each platform: the host survives them, and serves well in between.</summary>
public sealed class MisuseStormTests
{
    private const int Batches = 10;
    private const int RequestsAtOnce = 5;
    private const int CallsEach = 2_000;

    [Theory, Platforms]
    public async Task Wrong_calls_from_many_threads_hurt_nobody(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Modules = ["misuse-storm", "hello", "checksum"] });

        for (var batch = 0; batch < Batches; batch++)
        {
            var first = batch * RequestsAtOnce;
            var answers = await Task.WhenAll(Enumerable.Range(first, RequestsAtOnce).Select(seed =>
                host.GetText("misuse-storm", string.Create(CultureInfo.InvariantCulture, $"?calls={CallsEach}&threads=4&seed={seed}"))));

            Assert.All(answers, answer => Assert.Equal($"made={CallsEach / 2} taken=1 wrong=0\n", answer));
            Assert.StartsWith("Hello", await host.GetText("hello"), StringComparison.Ordinal);
            Assert.Equal("running=0 broken=0\n", await host.GetText("checksum", "?report"));
        }

        // The second half of each storm goes on after the answer is complete.
        await Eventually.Holds(async () =>
            await host.GetText("misuse-storm", "?report") is var report
            && report.StartsWith(string.Create(CultureInfo.InvariantCulture, $"finished={Batches * RequestsAtOnce} "), StringComparison.Ordinal));
        Assert.EndsWith(" faults=0\n", await host.GetText("misuse-storm", "?report"), StringComparison.Ordinal);
        Assert.Equal(0, await host.Stop());
    }
}
