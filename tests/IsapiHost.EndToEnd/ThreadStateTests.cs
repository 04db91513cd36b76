using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd;

/// <summary>What a module leaves changed on its thread reaches neither the next request nor .NET: how the thread computes, and as whom it acts.</summary>
public sealed class ThreadStateTests
{
    // One extension thread: the next request runs where the last one did.
    private static readonly Dictionary<string, string> _oneThread = new() { ["ISAPI__THREADS__LIMIT"] = "1" };

    [Theory]
    [Platforms("unmask")] // as Delphi and Free Pascal
    [Platforms("flush")] // as -ffast-math
    [Platforms("round")]
    [Platforms("x87")]
    [Platforms("mmx")]
    [Platforms("token")]
    [Platforms("completion&unmask&flush&token")]
    [Platforms("callbacks&unmask&round&token")]
    public async Task What_an_extension_leaves_is_gone_for_the_next_request(Platform platform, string words)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Modules = ["thread-state"], Environment = _oneThread });
        var before = await host.GetText("thread-state");
        Assert.Contains("computes=nan,denormal,2", before, StringComparison.Ordinal);

        for (var i = 0; i < 3; i++)
        {
            var answer = await host.GetText("thread-state", $"?{words}");
            Assert.Equal(words.StartsWith("callbacks", StringComparison.Ordinal) ? "as it was\n" : "changed\n", answer);
            Assert.Equal(before, await host.GetText("thread-state"));
        }

        Assert.Equal(0, await host.Stop());
    }

    [Theory]
    [Platforms("PREPROC/unmask+flush+token")]
    [Platforms("RESPONSE/unmask+round+x87")]
    [Platforms("LOG/unmask+mmx+token")]
    public async Task What_a_filter_leaves_is_gone_for_the_extension(Platform platform, string where)
    {
        await using var host = await HostProcess.Start(
            platform, new HostSettings { Modules = ["thread-state"], Filters = ["thread-state"], Environment = _oneThread });
        var before = await host.GetText("thread-state");
        Assert.Contains("computes=nan,denormal,2", before, StringComparison.Ordinal);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(before, await host.GetText("thread-state", $"/change/{where}"));
            Assert.Equal(before, await host.GetText("thread-state"));
        }

        Assert.Equal(0, await host.Stop());
    }

    [Theory]
    [Platforms("THREAD_STATE_AT_LOAD")]
    [Platforms("THREAD_STATE_AT_VERSION")]
    public async Task What_a_module_does_when_it_is_loaded_stays_with_that_thread(Platform platform, string variable)
    {
        await using var usual = await HostProcess.Start(platform, new HostSettings { Modules = ["thread-state"] });
        var expected = await usual.GetText("thread-state");

        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Modules = ["thread-state", "hello"],
            Environment = new Dictionary<string, string> { [variable] = "unmask flush round x87 token" },
        });

        // The second time after a native call, behind which the state is put back.
        Assert.Equal(expected, await host.GetText("thread-state"));
        Assert.Equal(expected, await host.GetText("thread-state"));
        Assert.StartsWith("Hello, ", await host.GetText("hello"), StringComparison.Ordinal);
        Assert.Equal(0, await host.Stop());
    }

    [Theory]
    [Platforms("true", 2)] // impersonation
    [Platforms("false", 0)]
    public async Task OpenThreadToken_finds_what_the_setting_says(Platform platform, string setting, int level)
    {
        Assert.SkipUnless(platform == Platform.Wine, "threads have tokens on Windows only");
        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Modules = ["thread-state"],
            Environment = new Dictionary<string, string>(_oneThread) { ["ISAPI__THREADS__TOKEN"] = setting },
        });

        Assert.EndsWith($"token={level}\n", await host.GetText("thread-state"), StringComparison.Ordinal);
        await host.GetText("thread-state", "?token");
        Assert.EndsWith($"token={level}\n", await host.GetText("thread-state"), StringComparison.Ordinal);
    }

    [Theory]
    [Platforms("fast-math", "control=")]
    [Platforms("pascal", "from Pascal")]
    [Platforms("thread-local", "counted")]
    public async Task Code_of_other_compilers_harms_no_other_module(Platform platform, string module, string answer)
    {
        var file = HostCommand.ModuleFile(platform, module);
        Assert.SkipUnless(
            File.Exists(Path.Combine(Repository.Modules(platform), file)), $"{file} is not built: its compiler is missing (eng/build-native.sh says which)");
        await using var host = await HostProcess.Start(platform, new HostSettings { Modules = [module, "thread-state"], Environment = _oneThread });
        var before = await host.GetText("thread-state");
        Assert.Contains("computes=nan,denormal,2", before, StringComparison.Ordinal);

        Assert.StartsWith(answer, await host.GetText(module), StringComparison.Ordinal);

        Assert.Equal(before, await host.GetText("thread-state"));
        Assert.Equal(0, await host.Stop());
    }
}
