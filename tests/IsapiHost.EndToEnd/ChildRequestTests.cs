using System.Net;
using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd;

/// <summary>EXEC_URL, EXEC_UNICODE_URL and SEND_CUSTOM_ERROR. What needs an application around the extensions is tested without a process.</summary>
public sealed class ChildRequestTests(SharedHosts hosts)
{
    [Theory]
    [Platforms("run")]
    [Platforms("wide")]
    public async Task Another_extension_answers(Platform platform, string variant)
    {
        var host = await hosts.Get(platform);

        var text = await host.GetText("exec-url", $"?{variant}&url={host.Url("echo-ecb", "/extra?a=1")}");

        Assert.Contains("lpszMethod=GET\nlpszQueryString=a=1\nlpszPathInfo=/extra\n", text, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task The_parent_writes_around_its_child_and_the_connection_is_kept(Platform platform)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);

        for (var i = 0; i < 2; i++)
        {
            await connection.Request(host.Url("exec-url", $"?around&url={host.Url("hello")}"));
            var response = await connection.Read();

            Assert.StartsWith("before\n", response.Text, StringComparison.Ordinal);
            Assert.EndsWith("behind\n", response.Text, StringComparison.Ordinal);
        }
    }

    [Theory, Platforms]
    public async Task The_child_gets_the_whole_body(Platform platform)
    {
        var host = await hosts.Get(platform);
        var body = new byte[300_000];
        Random.Shared.NextBytes(body);
        using var direct = await host.Client.PostAsync(new Uri(host.Url("checksum"), UriKind.Relative), new ByteArrayContent(body), TestContext.Current.CancellationToken);
        using var child = await host.Client.PostAsync(
            new Uri(host.Url("exec-url", $"?run&url={host.Url("checksum")}"), UriKind.Relative), new ByteArrayContent(body), TestContext.Current.CancellationToken);

        Assert.Equal(
            await direct.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            await child.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory, Platforms]
    public async Task A_child_of_a_child_is_refused_at_some_depth(Platform platform)
    {
        var host = await hosts.Get(platform);

        Assert.Equal("refused with 1001\n", await host.GetText("exec-url", "?deep"));
    }

    [Theory, Platforms]
    public async Task Many_at_once_each_get_their_own(Platform platform)
    {
        var host = await hosts.Get(platform);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(
            i => host.GetText("exec-url", FormattableString.Invariant($"?run&url={host.Url("echo-ecb", "?")}{i}"))));

        Assert.All(answers.Index(), answer => Assert.Contains(
            FormattableString.Invariant($"lpszQueryString={answer.Index}\n"), answer.Item, StringComparison.Ordinal));
    }

    [Theory, Platforms]
    public async Task A_wildcard_passes_on_what_is_not_its_own(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Options = ["--map", $"*={ModulePath(platform, "wildcard-pass")}", "--map", $"*.abc={ModulePath(platform, "echo-ecb")}"],
        });

        Assert.Equal("answered by the wildcard\n", await Text("/own"));
        Assert.Contains("lpszQueryString=q\n", await Text("/page.abc?q"), StringComparison.Ordinal);
        using var nobody = await host.Client.GetAsync(new Uri("/nobody", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
        Assert.Equal(0, await host.Stop());

        Task<string> Text(string url) => host.Client.GetStringAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);
    }

    [Theory, Platforms]
    public async Task An_error_page_is_a_file_or_a_url_and_else_the_extensions_own(Platform platform)
    {
        var page = HostCommand.PathFor(platform, Path.Combine(hosts.Root, "file.txt"));
        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Modules = ["custom-error", "echo-ecb"],
            Environment = new Dictionary<string, string>
            {
                ["ISAPI__ERRORPAGES__404"] = platform == Platform.Wine ? page : "file://" + page,
                ["ISAPI__ERRORPAGES__403"] = $"/{HostCommand.ModuleFile(platform, "echo-ecb")}",
            },
        });

        using var file = await host.Get("custom-error", "?status=404&async=1");
        using var url = await host.Get("custom-error", "?status=403&sub=4&async=1");
        using var own = await host.Get("custom-error", "?status=410");

        Assert.Equal(HttpStatusCode.NotFound, file.StatusCode);
        Assert.Equal("a file below the root\n", await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.Forbidden, url.StatusCode);
        Assert.Contains("lpszQueryString=403;http://", await url.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("own page, error 2\n", await own.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static string ModulePath(Platform platform, string name) =>
        HostCommand.PathFor(platform, Path.Combine(Repository.Modules(platform), HostCommand.ModuleFile(platform, name)));
}
