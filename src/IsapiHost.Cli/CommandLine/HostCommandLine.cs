using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using IsapiHost.Cli.Configuration;
using IsapiHost.Hosting.Settings;

namespace IsapiHost.Cli.CommandLine;

/// <summary>A command line that was read: either a question that can be answered at once, or values for the settings.</summary>
internal sealed class HostCommandLine
{
    private readonly HostOptions _options;
    private readonly ParseResult _parsed;

    private HostCommandLine(HostOptions options, ParseResult parsed)
    {
        _options = options;
        _parsed = parsed;
    }

    /// <summary>The options that were given and that say the same as a setting of section <c>Isapi</c>, with their values in order.</summary>
    public IEnumerable<(string Setting, string Option, IReadOnlyList<string> Values)> Settings =>
        from pair in _options.Settings
        where _parsed.GetResult(pair.Option) is not null
        select (pair.Setting, pair.Option.Name, (IReadOnlyList<string>)Texts(pair.Option));

    /// <summary>Reads the arguments; wrong ones become faults.</summary>
    public static HostCommandLine Parse(IReadOnlyList<string> args, FaultList faults)
    {
        HostOptions options = new();
        RootCommand command = new(HelpText.Description) { HelpName = "isapihost" };
        foreach (Option option in options.All)
        {
            command.Add(option);
        }

        foreach (Command subcommand in Subcommands.All())
        {
            command.Add(subcommand);
        }

        HelpOption help = command.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);

        // A module's path may start with @: no response files.
        ParseResult parsed = command.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        HostCommandLine line = new(options, parsed);
        if (line.IsSubcommand && !line.AsksForHelpOrVersion)
        {
            line.NameFaultsOfSubcommand(faults);
        }
        else if (!line.AsksForHelpOrVersion)
        {
            line.NameFaults(faults);
        }

        return line;
    }

    /// <summary>Answers <c>--help</c> and <c>--version</c>.</summary>
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
    private bool AsksForHelpOrVersion => _parsed.Action is not null and not ParseErrorAction && _parsed.Action != _parsed.CommandResult.Command.Action;

    // An option that may stand alone means yes.
    private string[] Texts(Option option) => Values(option) is { Length: > 0 } values ? values : [bool.TrueString];

    // The texts as typed: asking for typed values would throw while there are faults, and all faults are to be named.
    private string[] Values(Option option) => [.. _parsed.GetResult(option)?.Tokens.Select(token => token.Value) ?? []];

    private void NameFaultsOfSubcommand(FaultList faults)
    {
        string name = _parsed.CommandResult.Command.Name;
        foreach (ParseError error in _parsed.Errors)
        {
            faults.Add(name, $"{error.Message.TrimEnd('.')}. See isapihost {name} --help");
        }
    }

    private void NameFaults(FaultList faults)
    {
        foreach (ParseError error in _parsed.Errors)
        {
            if (error.SymbolResult is OptionResult { Option: var option })
            {
                faults.Add(option.Name, Values(option).Length switch
                {
                    0 => $"needs a value: {option.Name} {option.HelpName}",
                    1 => error.Message,
                    _ => $"is given more than once. Leave {option.Name} out but for one.",
                });
            }
        }

        // The parser takes the next option for the value that is missing.
        foreach (Option option in _options.All.Where(option => Values(option).Any(value => _options.All.Any(other => other.Name == value))))
        {
            faults.Add(option.Name, $"needs a value: {option.Name} {option.HelpName}");
        }

        bool valueOfUnknownOption = false;
        foreach (string token in _parsed.UnmatchedTokens)
        {
            bool isOption = token.StartsWith('-');
            if (isOption)
            {
                faults.Add(token, UnknownOption(token));
            }
            else if (!valueOfUnknownOption)
            {
                faults.Add(token, $"is not an option. To serve a module write --dll {token}");
            }

            valueOfUnknownOption = isOption;
        }
    }

    private string UnknownOption(string token)
    {
        string name = token.Split('=', ':')[0];
        string? nearest = NearestName.Find(name, _options.All.Select(option => option.Name));
        return nearest is null ? "unknown option." : $"unknown option. Did you mean {nearest}?";
    }
}
