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
    public async Task A_child_of_an_http_2_request_answers_in_its_stream(Platform platform)
    {
        var host = await hosts.GetHttp2(platform);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            i => host.GetText("exec-url", FormattableString.Invariant($"?run&url={host.Url("echo-ecb", "/extra?")}{i}"))));
        var around = await host.GetText("exec-url", $"?around&url={host.Url("hello")}");

        Assert.All(answers.Index(), answer => Assert.Contains(
            FormattableString.Invariant($"lpszMethod=GET\nlpszQueryString={answer.Index}\nlpszPathInfo=/extra\n"), answer.Item, StringComparison.Ordinal));
        Assert.StartsWith("before\n", around, StringComparison.Ordinal);
        Assert.EndsWith("behind\n", around, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task An_http_2_parent_passes_its_body_on(Platform platform)
    {
        var host = await hosts.GetHttp2(platform);
        var body = Checksum.Body(300_000);
        using var content = new ByteArrayContent(body);

        using var response = await host.Client.PostAsync(
            new Uri(host.Url("exec-url", $"?run&url={host.Url("checksum")}"), UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Contains(Checksum.Of(body), await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>A child that waits when its client goes: the parent's completion comes when the child ends, once and with an error.</summary>
    [Theory]
    [Platforms("run", "0")]
    [Platforms("cancel", "1")]
    public async Task A_client_that_leaves_and_a_cancelled_child_give_one_completion(Platform platform, string variant, string cancelled)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Modules = ["exec-url", "long-poll"] });
        using (var connection = await RawConnection.Open(host.Address))
        {
            await connection.Request(host.Url("exec-url", $"?{variant}&url={host.Url("long-poll")}"));
            if (variant == "cancel")
            {
                Assert.Empty(await connection.ReadToEnd());
            }

            await Eventually.Holds(async () => await host.GetText("long-poll", "?waiting") == "1");
            connection.Reset();
        }

        Assert.Equal("1", await host.GetText("long-poll", "?release"));

        await Eventually.Holds(async () => await host.GetText("exec-url", "?ended") == $"ended=1 error=64 cancelled={cancelled}\n");
        Assert.Equal(0, await host.Stop());
        Assert.DoesNotContain("abandon", host.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Theory, Platforms]
    public async Task Send_url_to_a_local_url_is_answered_as_though_the_client_had_asked_for_it(Platform platform)
    {
        var host = await hosts.Get(platform);
        using var content = new ByteArrayContent(new byte[200_000]);

        var text = await host.GetText("redirect", host.Url("echo-ecb", "/extra?send-local-url"));
        using var posted = await host.Client.PostAsync(
            new Uri(host.Url("redirect", host.Url("echo-ecb", "?send-local-url")), UriKind.Relative), content, TestContext.Current.CancellationToken);
        using var missing = await host.Get("redirect", "/nobody?send-local-url");

        Assert.Contains("lpszMethod=GET\nlpszQueryString=\nlpszPathInfo=/extra\n", text, StringComparison.Ordinal);
        Assert.Contains("lpszMethod=GET\n", await posted.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
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
