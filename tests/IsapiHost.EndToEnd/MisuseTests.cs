using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd;

/// <summary>Extensions that break the rules are refused, and the host goes on.</summary>
public sealed class MisuseTests(SharedHosts hosts)
{
    [Theory, Platforms]
    public async Task Wrong_connection_ids_and_missing_buffers_are_refused(Platform platform)
    {
        var host = await hosts.Get(platform);

        var lines = (await host.GetText("misuse")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(34, lines.Length);
        Assert.All(
            lines.Where(line => line != "null variable buffer result=0 error=122"),
            line => Assert.EndsWith(" result=0 error=87", line, StringComparison.Ordinal));
        Assert.StartsWith("Hello", await host.GetText("hello"), StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task The_control_block_itself_may_stand_for_its_connection_id(Platform platform)
    {
        var host = await hosts.Get(platform);

        Assert.Equal($"result=1 url={host.Url("ecb-pointer-as-connid")}\n", await host.GetText("ecb-pointer-as-connid"));
    }
}
