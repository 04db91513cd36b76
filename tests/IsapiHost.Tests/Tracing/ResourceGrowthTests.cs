using IsapiHost.Tracing;

namespace IsapiHost.Tests.Tracing;

public sealed class ResourceGrowthTests
{
    private long _handles;
    private long _bytes;

    private ResourceGrowth Growth => field ??= new ResourceGrowth(100, () => new ProcessResources(_handles, _bytes));

    [Fact]
    public void A_handle_per_request_is_found_once()
    {
        var found = Requests(1_000, () => _handles++);

        Assert.Equal(["1.0 handles per request over 100 requests, while only this module was called"], found);
    }

    [Fact]
    public void Memory_per_request_is_found()
    {
        var found = Requests(1_000, () => _bytes += 10 * 1024);

        Assert.Equal(["10.0 KiB per request over 100 requests, while only this module was called"], found);
    }

    [Fact]
    public void Growth_in_the_beginning_and_in_leaps_is_none()
    {
        var request = 0;

        Assert.Empty(Requests(90, () => _handles++));
        Assert.Empty(Requests(1_000, () => _bytes += request++ % 50 == 0 ? 1 << 24 : 0));
    }

    [Fact]
    public void What_grows_while_another_module_is_called_too_is_nobodys()
    {
        Growth.Begin("other");

        Assert.Empty(Requests(1_000, () => _handles++));
    }

    [Fact]
    public void What_cannot_be_measured_does_not_grow()
    {
        ResourceGrowth growth = new(100, () => default);

        Assert.All(Enumerable.Range(0, 1_000), _ =>
        {
            growth.Begin("a");
            Assert.Null(growth.End("a"));
        });
    }

    [Fact]
    public void The_process_can_be_measured()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsWindows(), "measured on Linux and Windows only");
        var before = ProcessResources.Now();
        using var file = File.OpenHandle(typeof(ResourceGrowthTests).Assembly.Location);
        Assert.True(ProcessResources.Now().Handles > 0);
        Assert.True(before.Bytes is null or > 0);
    }

    private List<string> Requests(int count, Action leak)
    {
        List<string> found = [];
        for (var i = 0; i < count; i++)
        {
            Growth.Begin("a");
            leak();
            if (Growth.End("a") is { } growth)
            {
                found.Add(growth);
            }
        }

        return found;
    }
}
