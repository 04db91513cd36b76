using System.CommandLine;
using System.CommandLine.Parsing;
using IsapiHost.Cli.Configuration;
using IsapiHost.Hosting.Settings;

namespace IsapiHost.Cli.CommandLine;

/// <summary>Names what is wrong with the arguments of the command or of a subcommand, with the remedy.</summary>
internal sealed class ArgumentFaults(ParseResult parsed, FaultList faults)
{
    private readonly Command _command = parsed.CommandResult.Command;

    private bool IsHost => _command is RootCommand;

    public void Name()
    {
        NameMissingValues();
        NameUnknownOptions();
        if (IsHost)
        {
            NameMistypedCommand();
        }
    }

    private void NameMissingValues()
    {
        foreach (var error in parsed.Errors)
        {
            if (error.SymbolResult is OptionResult { Option: var option })
            {
                faults.Add(Place(option.Name), parsed.OptionTexts(option).Length switch
                {
                    0 => NeedsValue(option),
                    1 => error.Message,
                    _ => $"is given more than once. Leave {option.Name} out but for one.",
                });
            }
            else if (!IsHost && !UnknownOptions().Any())
            {
                faults.Add(_command.Name, $"{error.Message.TrimEnd('.')}. See isapihost {CommandPath()} --help");
            }
        }

        // The parser takes the next option for the value that is missing.
        foreach (var option in _command.Options.Where(option => parsed.OptionTexts(option).Any(IsOption)))
        {
            faults.Add(Place(option.Name), NeedsValue(option));
        }
    }

    private void NameUnknownOptions()
    {
        foreach (var token in UnknownOptions())
        {
            var nearest = NearestName.Find(token.Split('=', ':')[0], _command.Options.Select(option => option.Name));
            faults.Add(Place(token), nearest is null
                ? $"unknown option.{(IsHost ? "" : $" See isapihost {CommandPath()} --help")}"
                : $"unknown option. Did you mean {nearest}?");
        }
    }

    // "isapihost tset" is hardly the name of a file.
    private void NameMistypedCommand()
    {
        foreach (var argument in Arguments().Where(text => !IsOptionLike(text) && !text.AsSpan().ContainsAny("./\\") && !File.Exists(text)))
        {
            if (NearestName.Find(argument, _command.Subcommands.Select(command => command.Name)) is { } nearest)
            {
                faults.Add(argument, $"is neither a file nor a command. Did you mean {nearest}?");
            }
        }
    }

    // The parser takes them for arguments, or for what is too much. What follows -- is an argument, whatever it looks like.
    private IEnumerable<string> UnknownOptions() =>
        parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash)
            ? []
            : Arguments().Concat(parsed.UnmatchedTokens).Where(IsOptionLike).Distinct();

    private IEnumerable<string> Arguments() => _command.Arguments.SelectMany(parsed.ArgumentTexts);

    private bool IsOption(string text) => _command.Options.Any(option => option.Name == text || option.Aliases.Contains(text));

    private static bool IsOptionLike(string text) => text.Length > 1 && text[0] == '-';

    private string Place(string name) => IsHost ? name : $"{CommandPath()} {name}";

    private static string NeedsValue(Option option) => $"needs a value: {option.Name} {option.HelpName}";

    private string CommandPath()
    {
        List<string> names = [];
        SymbolResult? result = parsed.CommandResult;
        for (; result is CommandResult { Command: var command and not RootCommand }; result = result.Parent)
        {
            names.Insert(0, command.Name);
        }

        return string.Join(' ', names);
    }
}
