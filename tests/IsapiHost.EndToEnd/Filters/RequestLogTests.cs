using System.Text.RegularExpressions;
using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd.Filters;

/// <summary><c>--log-requests</c>: one line for each request, whoever answers it, with what LOG filters left.</summary>
public sealed partial class RequestLogTests
{
    [Theory, Platforms]
    public async Task Every_request_has_one_line(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Modules = ["hello"], Options = ["--log-requests"] });

        await host.GetText("hello", "?name=x");
        await host.Ask("/nothing?here");

        Assert.Equal(0, await host.Stop());
        Assert.Equal([$"GET {host.Url("hello", "?name=x")} 200", "GET /nothing?here 404"], Lines(host).Order(StringComparer.Ordinal));
    }

    [Theory, Platforms]
    public async Task What_a_filter_leaves_is_what_is_logged(Platform platform)
    {
        await using var host = await HostProcess.Start(
            platform, new HostSettings { Filters = ["log"], Modules = ["hello"], Options = ["--log-requests"] });

        await host.GetText("hello");
        await host.Ask("/nothing");

        Assert.Equal(0, await host.Stop());
        Assert.Equal(["GET /logged/by/filter 222", "GET /logged/by/filter 222"], Lines(host));
    }

    [Theory, Platforms]
    public async Task The_answer_of_a_filter_is_logged_too(Platform platform)
    {
        await using var host = await HostProcess.Start(
            platform, new HostSettings { Filters = ["answers"], Modules = ["hello"], Options = ["--log-requests"] });

        await host.Ask("/finished");

        Assert.Equal(0, await host.Stop());
        Assert.Equal(["GET /finished 403"], Lines(host));
    }

    private static IEnumerable<string> Lines(HostProcess host) => RequestLine().Matches(host.Output).Select(line => line.Groups[1].Value);

    [GeneratedRegex(@"^([A-Z]+ /\S* \d{3}) \d+ bytes", RegexOptions.Multiline)]
    private static partial Regex RequestLine();
}
