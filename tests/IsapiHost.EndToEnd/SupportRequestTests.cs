using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd;

/// <summary>Requests of ServerSupportFunction about URLs in UTF-16, the process, tokens, certificates and traces.</summary>
public sealed class SupportRequestTests(SharedHosts hosts)
{
    [Theory, Platforms]
    public async Task A_wide_url_is_mapped_and_sizes_are_bytes(Platform platform)
    {
        var host = await hosts.Get(platform);
        var path = HostCommand.PathFor(platform, hosts.Root + "/folder/file.txt");

        Assert.Equal(
            $"1023 result=1 error=0 size={(path.Length + 1) * 2} path={path}\n1024 result=1 error=0 flags=205 url=0 behind=ee path={path}\n",
            await host.GetText("wide-urls", "/folder/file.txt"));
        Assert.StartsWith(
            $"1023 result=0 error=122 size={(path.Length + 1) * 2} ",
            await host.GetText("wide-urls", $"/folder/file.txt?size={(path.Length * 2) + 1}"), StringComparison.Ordinal);
    }

    [Theory]
    [Platforms("/a/./b//c/../d%20e", "/a/b/d e")]
    [Platforms("/%2e%2e/x", "/x")]
    public async Task A_url_is_normalised(Platform platform, string url, string expected)
    {
        var host = await hosts.Get(platform);

        Assert.Equal($"1033 result=1 url={expected}\n", await host.GetText("wide-urls", $"?url={url}"));
    }

    [Theory, Platforms]
    public async Task The_process_is_as_extensions_expect_it(Platform platform)
    {
        var host = await hosts.Get(platform);

        Assert.Equal(
            "in-process result=1 flag=0\ncache result=1 invalidated=0\nabortive-close result=1\nrefresh-acl result=1\n",
            await host.GetText("process", "?ask"));
    }

    [Theory, Platforms]
    public async Task A_report_of_ill_health_is_an_error_in_the_log_once(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Modules = ["process"] });

        Assert.Equal("result=1\n", await host.GetText("process", "?unhealthy"));
        Assert.Equal("result=1\n", await host.GetText("process", "?unhealthy"));
        Assert.Equal(0, await host.Stop());

        Assert.Equal(2, host.Output.Split("out of everything").Length);
    }

    [Theory, Platforms]
    public async Task Tokens_are_there_on_Windows_and_nowhere_else(Platform platform)
    {
        var host = await hosts.Get(platform);

        Assert.Equal(
            platform == Platform.Wine
                ? "impersonation result=1 error=0 usable=1\nclosed result=1 error=0 usable=1\n"
                    + "anonymous result=1 error=0 usable=1\nclose result=1\nwide anonymous result=1 error=0 usable=1\n"
                : "impersonation result=0 error=1008 usable=0\nanonymous result=0 error=1008 usable=0\nwide anonymous result=0 error=1008 usable=0\n",
            await host.GetText("tokens", "?close"));
    }

    [Theory, Platforms]
    public async Task Without_a_client_certificate_there_is_no_data(Platform platform)
    {
        var host = await hosts.Get(platform);

        Assert.Equal("result=0 error=232 size=0\n", await host.GetText("client-certificate"));
    }

    [Theory, Platforms]
    public async Task Trace_events_are_taken_and_dropped_when_nobody_reads_them(Platform platform)
    {
        var host = await hosts.Get(platform);

        Assert.Equal(
            "info result=1 trace=0 same=1 reserved=0\nconfiguration result=1 enabled=0 verbosity=0\nevent result=1 error=0\n",
            await host.GetText("trace"));
        Assert.EndsWith("event result=0 error=87\n", await host.GetText("trace", "?items=17"), StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task Trace_events_go_to_the_log_without_line_breaks(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Modules = ["trace"],
            Environment = new Dictionary<string, string> { ["LOGGING__LOGLEVEL__ISAPIHOST"] = "Debug" },
        });

        Assert.StartsWith(
            "info result=1 trace=1 same=1 reserved=0\nconfiguration result=1 enabled=1 verbosity=5\nevent result=1 error=0\n",
            await host.GetText("trace"), StringComparison.Ordinal);
        Assert.Equal(0, await host.Stop());

        Assert.Contains("traced event 7 Probe: number=42, text=sometext", host.Output, StringComparison.Ordinal);
    }
}
