using System.CommandLine;
using IsapiHost.Cli.Output;

namespace IsapiHost.Cli.CommandLine;

/// <summary><c>isapihost help [COMMAND]</c> and <c>isapihost version</c>, for hands that are used to these.</summary>
internal static class HelpCommand
{
    public static Command CreateHelp()
    {
        Argument<string[]> names = new("COMMAND") { Description = "The command to explain.", Arity = ArgumentArity.ZeroOrMore };
        Command help = new("help", "Shows the help of a command, as COMMAND --help does.") { names };
        help.SetAction(parsed => Help(parsed.RootCommandResult.Command, parsed.GetValue(names) ?? []));
        return help;
    }

    public static Command CreateVersion()
    {
        Command version = new("version", "Shows the version, as --version does.");
        version.SetAction(parsed => parsed.RootCommandResult.Command.Parse(["--version"]).Invoke());
        return version;
    }

    private static int Help(Command root, string[] names)
    {
        var command = root;
        foreach (var name in names)
        {
            if (command.Subcommands.FirstOrDefault(subcommand => subcommand.Name == name) is not { } found)
            {
                var known = string.Join(", ", command.Subcommands.Select(subcommand => subcommand.Name));
                ErrorOutput.Write([$"help {name}: there is no such command. Known are {known}."]);
                return ExitCode.WrongConfiguration;
            }

            command = found;
        }

        return root.Parse([.. names, "--help"]).Invoke();
    }
}
