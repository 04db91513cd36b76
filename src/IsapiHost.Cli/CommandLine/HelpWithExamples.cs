using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace IsapiHost.Cli.CommandLine;

/// <summary>The generated list of options, followed, for the command itself, by examples, settings and exit codes.</summary>
internal sealed class HelpWithExamples(HelpAction options) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        // The usage of a subcommand would begin with the arguments of the command itself.
        var isHost = parseResult.CommandResult.Command is RootCommand;
        foreach (var argument in parseResult.RootCommandResult.Command.Arguments)
        {
            argument.Hidden = !isHost;
        }

        var exitCode = options.Invoke(parseResult);
        if (isHost)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(HelpText.AfterOptions);
        }

        return exitCode;
    }
}
