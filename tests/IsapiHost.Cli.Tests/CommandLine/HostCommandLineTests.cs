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
    [InlineData("tset", "tset: is neither a file nor a command. Did you mean test?")]
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
    public void Modules_may_be_named_without_an_option()
    {
        Assert.Equal(["./a.dll", "b.dll", "c.dll"], Values(Parse("./a.dll", "--dll", "c.dll", "b.dll"), "Dlls"));
        Assert.Equal(["-odd.dll"], Values(Parse("--", "-odd.dll"), "Dlls"));
        Assert.Empty(_faults.Lines);
    }

    [Theory]
    [InlineData("http://localhost:81", "--port", "81")]
    [InlineData("http://0.0.0.0:8080", "--host", "0.0.0.0")]
    [InlineData("http://[::1]:81", "--host", "::1", "--port", "81")]
    [InlineData("http://127.0.0.1:0", "--port", "0")]
    public void Host_and_port_make_a_URL(string expected, params string[] args)
    {
        Assert.Equal([expected], Values(Parse(args), "Urls"));
        Assert.Empty(_faults.Lines);
    }

    [Theory]
    [InlineData("--port: --urls says where to listen already. Leave one of them out.", "--port", "81", "--urls", "http://a")]
    [InlineData("--port: \"65536\" is not a port. Write a number from 1 to 65535, or 0 for any free one.", "--port", "65536")]
    [InlineData("--host: \"http://a\" is not the name or the address of a machine. For a URL write --urls http://a", "--host", "http://a")]
    public void A_wrong_host_or_port_is_named_with_its_remedy(string fault, params string[] args)
    {
        Parse(args);

        Assert.Equal([fault], _faults.Lines);
    }

    [Theory]
    [InlineData("test --junitt: unknown option. Did you mean --junit?", "test", "--junitt", "x", "a.dll", "b.http")]
    [InlineData("inspect --jsn: unknown option. Did you mean --json?", "inspect", "--jsn", "a.dll")]
    [InlineData("trace show --nothing-like-it: unknown option. See isapihost trace show --help", "trace", "show", "--nothing-like-it", "a.json")]
    [InlineData("record --out: needs a value: --out DIR", "record", "--target", "http://a", "--out")]
    [InlineData("test --junit: needs a value: --junit FILE", "test", "a.dll", "b.http", "--junit", "--update")]
    public void A_wrong_option_of_a_subcommand_is_named_and_no_file(string fault, params string[] args)
    {
        Parse(args);

        Assert.Contains(fault, _faults.Lines);
    }

    [Theory]
    [InlineData("inspect", "ins", 3)]
    [InlineData("--junit", "test --j", 8)]
    [InlineData("--log-requests", "--log", 5)]
    public void A_shell_is_told_what_can_follow(string expected, string typed, int position) =>
        Assert.Contains(expected, Answer($"[suggest:{position}]", typed).Split('\n', StringSplitOptions.TrimEntries));

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
            "isapihost [<MODULE>...] [command] [options]", "--port <NUMBER>", "--dll <PATH>", "--map <PATTERN=PATH>", "--root <DIR>", "--urls <URL>", "--log-requests",
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
