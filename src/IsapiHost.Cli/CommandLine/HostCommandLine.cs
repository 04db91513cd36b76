using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using IsapiHost.Cli.Configuration;
using IsapiHost.Hosting.Settings;

namespace IsapiHost.Cli.CommandLine;

/// <summary>
/// A command line that was read: either a question that can be answered at once, a subcommand, or values for the settings.
/// </summary>
internal sealed class HostCommandLine
{
    private readonly HostOptions _options;
    private readonly ParseResult _parsed;
    private readonly List<GivenOption> _settings = [];

    private HostCommandLine(HostOptions options, ParseResult parsed)
    {
        _options = options;
        _parsed = parsed;
    }

    /// <summary>
    /// The options that were given and that say the same as a setting of section <c>Isapi</c>, with their values in order.
    /// </summary>
    public IReadOnlyList<GivenOption> Settings => _settings;

    /// <summary>Reads the arguments; wrong ones become faults.</summary>
    public static HostCommandLine Parse(IReadOnlyList<string> args, FaultList faults)
    {
        HostOptions options = new();
        RootCommand command = new(HelpText.Description) { HelpName = "isapihost" };
        command.Add(options.Modules);
        foreach (var option in options.All)
        {
            command.Add(option);
        }

        foreach (var subcommand in Subcommands.All())
        {
            command.Add(subcommand);
        }

        var help = command.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);

        // A module's path may start with @: no response files.
        var parsed = command.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        HostCommandLine line = new(options, parsed);
        if (!line.AsksForHelpOrVersion)
        {
            new ArgumentFaults(parsed, faults).Name();
            line.ReadSettings(faults);
        }

        return line;
    }

    /// <summary>Answers <c>--help</c>, <c>--version</c> and the shell that asks for completions.</summary>
    /// <returns>Whether there was such a question; then nothing is to be served.</returns>
    public bool TryAnswer(TextWriter output)
    {
        if (!AsksForHelpOrVersion)
        {
            return false;
        }

        _parsed.Invoke(new InvocationConfiguration { Output = output });
        return true;
    }

    /// <summary>Whether something else than serving was asked for: <c>inspect</c>, <c>test</c>, <c>record</c>.</summary>
    public bool IsSubcommand => _parsed.CommandResult.Command is not RootCommand;

    /// <summary>Does what the subcommand does.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> RunSubcommandAsync() =>
        _parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });

    // The command itself has no action, a subcommand its own: what is left are the help, the version and the parser's own error report.
    private bool AsksForHelpOrVersion =>
        _parsed.Action is not null and not ParseErrorAction && _parsed.Action != _parsed.CommandResult.Command.Action;

    private void ReadSettings(FaultList faults)
    {
        if (IsSubcommand)
        {
            return;
        }

        Add(HandlerSettings.Dlls, _options.Dll.Name, [.. _parsed.ArgumentTexts(_options.Modules), .. _parsed.OptionTexts(_options.Dll)]);
        Add(SettingNames.Urls, ListenOptions.Given(_options, _parsed).Name, ListenOptions.Read(_options, _parsed, faults));
        foreach (var (option, setting) in _options.Settings.Where(pair => _parsed.GetResult(pair.Option) is not null))
        {
            // An option that may stand alone means yes.
            Add(setting, option.Name, _parsed.OptionTexts(option) is { Length: > 0 } values ? values : [bool.TrueString]);
        }
    }

    private void Add(string setting, string option, string[] values)
    {
        if (values.Length > 0)
        {
            _settings.Add(new GivenOption(setting, option, values));
        }
    }
}
