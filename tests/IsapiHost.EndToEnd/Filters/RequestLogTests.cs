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

    [Theory]
    [Platforms(null, "127.0.0.1 mapped GET ")]
    [Platforms("log-client", "203.0.113.7 ada+lovelaceforged GET ")]
    public async Task A_line_names_the_client_and_the_user_as_filters_left_them(Platform platform, string? filter, string words)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Filters = filter is null ? ["login"] : ["login", filter],
            Modules = ["hello"],
            Options = ["--log-requests"],
        });

        await host.Ask(host.Url("hello"), Wire.BasicLogin.Line("user:secret"));

        Assert.Equal(0, await host.Stop());
        Assert.Contains("Z " + words + host.Url("hello"), host.Output, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task Without_a_login_there_is_no_user(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Modules = ["hello"], Options = ["--log-requests"] });

        await host.GetText("hello");

        Assert.Equal(0, await host.Stop());
        Assert.Contains($"Z 127.0.0.1 - GET {host.Url("hello")} 200", host.Output, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Lines(HostProcess host) => RequestLine().Matches(host.Output).Select(line => line.Groups[1].Value);

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z \S+ \S+ ([A-Z]+ /\S* \d{3}) \d+ bytes", RegexOptions.Multiline)]
    private static partial Regex RequestLine();
}
