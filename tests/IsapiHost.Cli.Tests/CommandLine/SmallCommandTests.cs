using IsapiHost.Cli.Output;

namespace IsapiHost.Cli.Tests.CommandLine;

/// <summary><c>help</c>, <c>version</c> and <c>completion</c>.</summary>
public sealed class SmallCommandTests : IDisposable
{
    private readonly IsapihostProcess _isapihost = new();

    public void Dispose() => _isapihost.Dispose();

    [Theory]
    [InlineData("isapihost [<MODULE>...] [command] [options]", "help")]
    [InlineData("isapihost trace show <FILE> [options]", "help", "trace", "show")]
    [InlineData("complete -o default -F _isapihost isapihost", "completion", "bash")]
    [InlineData("compdef _isapihost isapihost", "completion", "zsh")]
    [InlineData("Register-ArgumentCompleter", "completion", "pwsh")]
    public async Task Asked_for_by_a_word(string expected, params string[] args)
    {
        var (exitCode, output, error) = await _isapihost.RunAsync(args);

        Assert.Equal((ExitCode.Stopped, ""), (exitCode, error));
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_is_that_of_the_option() =>
        Assert.Equal(await _isapihost.RunAsync("--version"), await _isapihost.RunAsync("version"));

    [Fact]
    public async Task A_command_that_does_not_exist_is_named()
    {
        var (exitCode, _, error) = await _isapihost.RunAsync("help", "nothing");

        Assert.Equal(ExitCode.WrongConfiguration, exitCode);
        Assert.Contains("help nothing: there is no such command. Known are inspect, ", error, StringComparison.Ordinal);
    }
}
