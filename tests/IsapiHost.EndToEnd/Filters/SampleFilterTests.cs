using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd.Filters;

/// <summary>The filters of samples/filters.</summary>
public sealed class SampleFilterTests : IDisposable
{
    private readonly string _logins = Path.GetTempFileName();

    public void Dispose() => File.Delete(_logins);

    [Theory, Platforms]
    public async Task The_rewriter_leads_urls_to_other_places(Platform platform)
    {
        await using var host = await Start(platform, "rewriter", "hello", "variables");

        Assert.StartsWith("Hello, 17!\nGET \n", (await host.Ask("/product/17")).Text, StringComparison.Ordinal);
        Assert.Equal(404, (await host.Ask("/old/page?x=1")).Status);
        Assert.StartsWith("Hello, stranger!", await host.GetText("hello"), StringComparison.Ordinal);
        Assert.Equal(404, (await host.Ask("/old/" + new string('x', 3_000))).Status);
    }

    [Theory, Platforms]
    public async Task The_header_filter_adds_and_removes_whoever_answers(Platform platform)
    {
        await using var host = await Start(platform, "add-headers", "hello");

        var page = await host.Ask(host.Url("hello"));
        Assert.Equal(("nosniff", "no-referrer", null), (page.Value("X-Content-Type-Options"), page.Value("Referrer-Policy"), page.Value("Cache-Control")));

        var missing = await host.Ask("/nothing");
        Assert.Equal((404, "nosniff", "no-store"), (missing.Status, missing.Value("X-Content-Type-Options"), missing.Value("Cache-Control")));
    }

    [Theory, Platforms]
    public async Task The_login_lets_in_who_stands_in_the_file(Platform platform)
    {
        await File.WriteAllTextAsync(_logins, "ada:lovelace\ncharles:babbage\n", TestContext.Current.CancellationToken);
        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Filters = ["basic-login"],
            Modules = ["variables"],
            Environment = new Dictionary<string, string> { ["LOGIN_FILE"] = HostCommand.PathFor(platform, _logins) },
        });
        var url = host.Url("variables", "?LOGON_USER");

        var entered = await host.Ask(url, BasicLogin.Line("charles:babbage"));
        Assert.Equal(200, entered.Status);
        Assert.Contains("value=charles\n", entered.Text, StringComparison.Ordinal);
        foreach (var wrong in (string[])["charles:lovelace", "charles:", ":", "nobody:x", "ada:lovelace\ncharles"])
        {
            Assert.Equal((401, "Basic realm=\"sample\""), await Refused(BasicLogin.Line(wrong)));
        }

        Assert.Equal((401, "Basic realm=\"sample\""), await Refused());

        async Task<(int Status, string? Challenge)> Refused(params string[] lines)
        {
            var response = await host.Ask(url, lines);
            return (response.Status, response.Value("WWW-Authenticate"));
        }
    }

    [Theory, Platforms]
    public async Task The_body_rewriter_changes_the_length_and_says_so(Platform platform)
    {
        await using var host = await Start(platform, "body-rewriter", "hello", "write-large");

        // On one connection, so that a wrong length would shift everything behind it.
        using var connection = await RawConnection.Open(host.Address);
        for (var i = 0; i < 3; i++)
        {
            await connection.Request(host.Url("hello"));
            var changed = await connection.Read();
            Assert.Equal(Framing.ContentLength, changed.Framing);
            Assert.StartsWith("Hello, dear visitor!\n", changed.Text, StringComparison.Ordinal);
            await connection.Request(host.Url("hello", "?name=Ada"));
            Assert.StartsWith("Hello, Ada!\n", (await connection.Read()).Text, StringComparison.Ordinal);
        }

        await connection.Request("/nothing");
        Assert.Equal(404, (await connection.Read()).Status);
    }

    [Theory, Platforms]
    public async Task The_body_rewriter_passes_on_what_it_cannot_change(Platform platform)
    {
        await using var host = await Start(platform, "body-rewriter", "hello", "write-large", "endless");

        using (var refused = await RawConnection.Open(host.Address))
        {
            await refused.Send("GET / HTTP/1.1\r\nBad Header: x\r\n\r\n");
            Assert.Equal(400, (await refused.Read()).Status);
        }

        using (var head = await RawConnection.Open(host.Address))
        {
            await head.Request(host.Url("hello"), "HEAD");
            var length = (await head.Read("HEAD")).Value("Content-Length");
            await head.Request(host.Url("hello"));
            var changed = await head.Read();
            Assert.StartsWith("Hello, dear visitor!\n", changed.Text, StringComparison.Ordinal);
            Assert.NotEqual("0", length);
        }

        // Chunked, and too large with a length.
        Assert.Equal(1024 * 1024, (await host.Ask(host.Url("write-large", "?megabytes=1"))).Body.Length);
        Assert.Equal(1024 * 1024, (await host.Ask(host.Url("write-large", "?megabytes=1&length=1"))).Body.Length);
    }

    [Theory, Platforms]
    public async Task The_body_rewriter_does_not_hold_streams(Platform platform)
    {
        await using var host = await Start(platform, "body-rewriter", "endless");

        using var connection = await RawConnection.Open(host.Address);
        await connection.Request(host.Url("endless"));

        Assert.Contains("200", await connection.ReadHead(), StringComparison.Ordinal);
        Assert.Equal(1_000, (await connection.ReadExactly(1_000)).Length);
    }

    private static Task<HostProcess> Start(Platform platform, string filter, params string[] modules) =>
        HostProcess.Start(platform, new HostSettings { Filters = [filter], Modules = modules });
}
