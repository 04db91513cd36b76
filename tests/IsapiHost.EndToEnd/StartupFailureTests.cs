using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd;

/// <summary>Exit code 2 for wrong options, 3 for modules that cannot be loaded; the reason in the user's words.</summary>
public sealed class StartupFailureTests
{
    [Theory, Platforms]
    public async Task Wrong_options_are_all_named(Platform platform)
    {
        var (exitCode, output) = await HostProcess.Run(platform, "--map", "no-equals-sign", "--urls", "not a url", "--no-such-option");

        Assert.Equal(2, exitCode);
        Assert.Contains("--no-such-option", output, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task Without_any_module_there_is_nothing_to_serve(Platform platform)
    {
        var (exitCode, output) = await HostProcess.Run(platform);

        Assert.Equal(2, exitCode);
        Assert.Contains("--dll", output, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task A_missing_file_is_named(Platform platform)
    {
        await AssertRefused(platform, HostCommand.ModuleFile(platform, "missing"), "missing");
    }

    [Theory]
    [Platforms("not-an-extension", "GetExtensionVersion")]
    [Platforms("half-an-extension", "HttpExtensionProc")]
    [Platforms("version-false", "GetExtensionVersion")]
    public async Task A_library_that_is_no_extension_tells_what_is_missing(Platform platform, string module, string named)
    {
        await AssertRefused(platform, HostCommand.ModuleFile(platform, module), named);
    }

    [Theory, Platforms]
    public async Task A_missing_dependent_library_is_named(Platform platform)
    {
        var folder = Directory.CreateTempSubdirectory("isapihost-alone-");
        try
        {
            var file = HostCommand.ModuleFile(platform, "needs-neighbour");
            var alone = Path.Combine(folder.FullName, file);
            File.Copy(Path.Combine(Repository.Modules(platform), file), alone);

            await AssertRefused(platform, alone, "neighbour");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_dll_for_another_processor_names_both()
    {
        var module = Path.Combine(Repository.Modules("win-x86"), "hello.dll");
        Assert.SkipWhen(HostCommand.WhyNot(Platform.Wine) is not null, HostCommand.WhyNot(Platform.Wine) ?? string.Empty);
        Assert.SkipUnless(File.Exists(module), "the 32-bit modules are not built (gcc-mingw-w64-i686): run eng/setup.sh and eng/build-native.sh");

        await AssertRefused(Platform.Wine, module, "x86", "x64");
    }

    [Theory, Platforms]
    public async Task A_module_of_the_other_system_is_refused(Platform platform)
    {
        var other = platform == Platform.Linux ? Platform.Wine : Platform.Linux;
        var module = Path.Combine(Repository.Modules(other), HostCommand.ModuleFile(other, "hello"));
        Assert.SkipUnless(File.Exists(module), "the modules of the other system are not built: run eng/setup.sh and eng/build-native.sh");

        await AssertRefused(platform, module, platform == Platform.Linux ? "Windows" : "Linux");
    }

    [Theory, Platforms]
    public async Task A_text_file_is_refused(Platform platform)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "just text", TestContext.Current.CancellationToken);
            await AssertRefused(platform, file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task AssertRefused(Platform platform, string module, params string[] named)
    {
        var path = HostCommand.PathFor(platform, Path.Combine(Repository.Modules(platform), module));

        var (exitCode, output) = await HostProcess.Run(platform, "--dll", path, "--urls", "http://127.0.0.1:0");

        Assert.Equal(3, exitCode);
        Assert.Contains(Path.GetFileName(module), output, StringComparison.Ordinal);
        Assert.All(named, name => Assert.Contains(name, output, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }
}
