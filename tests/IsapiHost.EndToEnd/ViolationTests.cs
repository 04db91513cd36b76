using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd;

/// <summary>What a correct extension never does is found and logged; correct ones raise no alarm.</summary>
public sealed class ViolationTests
{
    private const string Alarm = "broke a rule of ISAPI";

    private static readonly Dictionary<string, string> _watching = new()
    {
        ["ISAPI__VIOLATIONS__DETECT"] = "true",
        ["ISAPI__VIOLATIONS__BLOCKEDTIME"] = "1",
        ["ISAPI__VIOLATIONS__PENDINGTIME"] = "1",
        ["ISAPI__VIOLATIONS__GROWTHREQUESTS"] = "200",
        ["ISAPI__SHUTDOWNTIMEOUT"] = "1",
    };

    [Theory]
    [Platforms("content-length-mismatch")]
    [Platforms("head-malformed")]
    [Platforms("head-sent-twice")]
    [Platforms("control-block-overwritten")]
    [Platforms("finished-twice")]
    [Platforms("used-after-end")]
    [Platforms("write-after-final-send")]
    [Platforms("buffer-changed-before-completion")]
    [Platforms("buffer-changed-before-completion&by=1")]
    [Platforms("buffer-changed-before-completion&by=2")]
    [Platforms("extension-thread-blocked")]
    [Platforms("session-never-finished")]
    [Platforms("second-asynchronous-operation")]
    public async Task A_violation_is_logged(Platform platform, string query)
    {
        var name = query.Split('&')[0];
        await using var host = await Start(platform, "violate");
        using var response = await host.Client.GetAsync(
            new Uri(host.Url("violate", $"?{query}"), UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var end = name == "session-never-finished" ? Task.CompletedTask : response.Content.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);

        await Eventually.Holds(() => Task.FromResult(host.Output.Contains($"{Alarm}: {name}: ", StringComparison.Ordinal)));
        await end.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(2, host.Output.Split(Alarm).Length);
    }

    [Theory, Platforms]
    public async Task A_call_after_termination_is_logged(Platform platform)
    {
        await using var host = await Start(platform, "call-after-termination", "terminate-slowly");
        await host.GetText("call-after-termination");

        await host.Stop();

        Assert.Contains($"{Alarm}: call-after-termination: ", host.Output, StringComparison.Ordinal);
    }

    [Theory]
    [Platforms("handle")]
    [Platforms("memory")]
    public async Task A_leak_is_logged(Platform platform, string what)
    {
        Assert.SkipWhen(platform == Platform.Wine && what == "handle", "Wine does not count a process' handles: GetProcessHandleCount answers 0");
        await using var host = await Start(platform, "leak");

        for (var i = 0; i < 1_000 && !host.Output.Contains(Alarm, StringComparison.Ordinal); i++)
        {
            await host.GetText("leak", $"?{what}");
        }

        await Eventually.Holds(() => Task.FromResult(host.Output.Contains($"{Alarm}: resource-growth: ", StringComparison.Ordinal)));
        Assert.Contains(what == "handle" ? "(1.0 handles per request over 200 requests" : " KiB per request over 200 requests", host.Output, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task Ten_thousand_requests_to_the_samples_raise_no_alarm(Platform platform)
    {
        var root = Directory.CreateTempSubdirectory("isapihost-root-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(root.FullName, "file.txt"), "a file\n", TestContext.Current.CancellationToken);
            await using var host = await HostProcess.Start(platform, new HostSettings
            {
                Modules = ["hello", "form", "sendfile", "worker", "leak"],
                Options = ["--root", HostCommand.PathFor(platform, root.FullName)],

                // A second is a short time for a thread of a busy machine: nothing here is about times.
                Environment = new Dictionary<string, string>(_watching)
                {
                    ["ISAPI__VIOLATIONS__BLOCKEDTIME"] = "300",
                    ["ISAPI__VIOLATIONS__PENDINGTIME"] = "300",
                },
            });
            foreach (var url in (string[])
                [host.Url("hello", "?name=you"), host.Url("form", "?a=b"), host.Url("sendfile", "/file.txt"), host.Url("worker", "?seconds=0"), host.Url("leak")])
            {
                await Parallel.ForAsync(0, 2_000, TestContext.Current.CancellationToken, async (_, cancellation) =>
                {
                    using var response = await host.Client.GetAsync(new Uri(url, UriKind.Relative), cancellation);
                    Assert.True(response.IsSuccessStatusCode, url);
                });
            }

            Assert.Equal(0, await host.Stop());
            Assert.DoesNotContain(Alarm, host.Output, StringComparison.Ordinal);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    private static Task<HostProcess> Start(Platform platform, params string[] modules) =>
        HostProcess.Start(platform, new HostSettings { Modules = modules, Environment = _watching });
}
