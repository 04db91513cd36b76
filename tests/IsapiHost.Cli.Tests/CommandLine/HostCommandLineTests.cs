using IsapiHost.Cli.CommandLine;
using IsapiHost.Cli.Configuration;

namespace IsapiHost.Cli.Tests.CommandLine;

public sealed class HostCommandLineTests
{
    private readonly FaultList _faults = new();

    [Fact]
    public void Repeatable_options_keep_their_order()
    {
        HostCommandLine line = Parse("--dll", "b.dll", "--map", "*.abc=c.dll", "--dll=a.dll", "--urls", "http://a;http://b", "--urls", "http://c", "--map", "*=d.dll");

        Assert.Empty(_faults.Lines);
        Assert.Equal(["b.dll", "a.dll"], Values(line, "Dlls"));
        Assert.Equal(["*.abc=c.dll", "*=d.dll"], Values(line, "Maps"));
        Assert.Equal(["http://a;http://b", "http://c"], Values(line, "Urls"));
    }

    [Fact]
    public void What_is_not_given_is_no_setting() => Assert.Empty(Parse().Settings);

    [Theory]
    [InlineData("True", "--log-requests")]
    [InlineData("true", "--log-requests", "true")]
    [InlineData("false", "--log-requests=false")]
    public void Log_requests_is_on_unless_it_says_false(string expected, params string[] args) =>
        Assert.Equal([expected], Values(Parse(args), "LogRequests"));

    [Fact]
    public void A_module_path_may_begin_with_an_at_sign()
    {
        Assert.Equal(["@ext.dll"], Values(Parse("--dll", "@ext.dll"), "Dlls"));
        Assert.Empty(_faults.Lines);
    }

    [Theory]
    [InlineData("--dlls", "--dlls: unknown option. Did you mean --dll?")]
    [InlineData("--url=http://x", "--url=http://x: unknown option. Did you mean --urls?")]
    [InlineData("--something-else", "--something-else: unknown option.")]
    [InlineData("ext.dll", "ext.dll: is not an option. To serve a module write --dll ext.dll")]
    [InlineData("--dll", "--dll: needs a value: --dll PATH")]
    [InlineData("--filter", "--filter: needs a value: --filter PATH")]
    public void A_wrong_argument_is_named_with_its_remedy(string argument, string fault)
    {
        Parse(argument);

        Assert.Equal([fault], _faults.Lines);
    }

    [Fact]
    public void The_value_of_an_unknown_option_is_not_a_fault_of_its_own()
    {
        Parse("--something-else", "f.dll");

        Assert.Single(_faults.Lines);
    }

    [Fact]
    public void An_option_is_not_taken_for_the_value_of_the_one_before()
    {
        Parse("--dll", "--log-requests");

        Assert.Contains("--dll: needs a value: --dll PATH", _faults.Lines);
    }

    [Fact]
    public void A_root_is_given_once()
    {
        Parse("--root", "a", "--root", "b");

        Assert.Equal(["--root: is given more than once. Leave --root out but for one."], _faults.Lines);
    }

    [Fact]
    public void Help_names_every_option_the_settings_and_the_exit_codes()
    {
        string help = Answer("--help");

        foreach (string essential in (string[])
        [
            "isapihost [command] [options]", "--dll <PATH>", "--map <PATTERN=PATH>", "--root <DIR>", "--urls <URL>", "--log-requests",
            "http://localhost:8080", "appsettings.json", "ISAPI__DLLS__0", "Examples:", "Exit codes:",
        ])
        {
            Assert.Contains(essential, help, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Help_is_given_even_beside_wrong_options()
    {
        Assert.Contains("Options:", Answer("--nonsense", "--help"), StringComparison.Ordinal);
        Assert.Empty(_faults.Lines);
    }

    [Fact]
    public void Version_is_a_line_that_begins_with_the_number() => Assert.Matches(@"^\d+\.\d+\.\d+\S*\s*$", Answer("--version"));

    private HostCommandLine Parse(params string[] args) => HostCommandLine.Parse(args, _faults);

    private string Answer(params string[] args)
    {
        using StringWriter output = new();
        Assert.True(Parse(args).TryAnswer(output));
        return output.ToString();
    }

    private static IReadOnlyList<string> Values(HostCommandLine line, string setting) => line.Settings.Single(given => given.Setting == setting).Values;
}
