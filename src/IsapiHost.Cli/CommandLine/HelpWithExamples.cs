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
        int exitCode = options.Invoke(parseResult);
        if (parseResult.CommandResult.Command is RootCommand)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(HelpText.AfterOptions);
        }

        return exitCode;
    }
}
