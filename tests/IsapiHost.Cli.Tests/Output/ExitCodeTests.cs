using IsapiHost.Cli.Output;

namespace IsapiHost.Cli.Tests.Output;

public sealed class ExitCodeTests : IDisposable
{
    private readonly IsapihostProcess _isapihost = new();

    public void Dispose() => _isapihost.Dispose();

    [Theory]
    [InlineData("--help")]
    [InlineData("--version")]
    public async Task A_question_is_answered_with_0(string question)
    {
        var (exitCode, output, error) = await _isapihost.RunAsync(question);

        Assert.Equal(ExitCode.Stopped, exitCode);
        Assert.NotEmpty(output);
        Assert.Empty(error);
    }

    [Fact]
    public async Task Wrong_options_end_with_2_and_a_line_each_on_standard_error()
    {
        var (exitCode, output, error) = await _isapihost.RunAsync("--dlls", "x", "--root", "nowhere", "--map", "abc");

        Assert.Equal(ExitCode.WrongConfiguration, exitCode);
        Assert.Empty(output);
        string[] lines = error.TrimEnd().Split('\n', StringSplitOptions.TrimEntries);
        Assert.Equal(4, lines.Length);
        Assert.All(lines[..3], line => Assert.StartsWith("isapihost: --", line, StringComparison.Ordinal));
        Assert.Contains("--help", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_settings_end_with_2_and_name_their_place()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_isapihost.Folder, "appsettings.json"), """{ "Isapi": { "Dll": "x.so", "Maps": [ "*=y.so" ] } }""", TestContext.Current.CancellationToken);
        _isapihost.Environment["ISAPI__THREADS__QUEUELIMIT"] = "many";

        var (exitCode, _, error) = await _isapihost.RunAsync();

        Assert.Equal(ExitCode.WrongConfiguration, exitCode);
        Assert.Contains("appsettings.json, Isapi:Dll: unknown setting. Did you mean Dlls?", error, StringComparison.Ordinal);
        Assert.Contains("environment variable ISAPI__THREADS__QUEUELIMIT: \"many\"", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_module_that_cannot_be_loaded_is_named_and_the_end_is_3()
    {
        await File.WriteAllTextAsync(Path.Combine(_isapihost.Folder, "text.dll"), "not a module", TestContext.Current.CancellationToken);

        var (exitCode, output, error) = await _isapihost.RunAsync("--dll", "missing.dll", "--map", "*=text.dll");

        Assert.Equal(ExitCode.ModuleNotLoaded, exitCode);
        Assert.Empty(output);
        string[] lines = error.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Contains("missing.dll", lines[0], StringComparison.Ordinal);
        Assert.Contains("text.dll", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_options_are_named_before_any_module_is_loaded()
    {
        var (exitCode, _, error) = await _isapihost.RunAsync("--dll", "missing.dll", "--urls", "8080");

        Assert.Equal(ExitCode.WrongConfiguration, exitCode);
        Assert.DoesNotContain("missing.dll", error, StringComparison.Ordinal);
    }
}
