using System.CommandLine;
using IsapiHost.Cli.Inspecting;
using IsapiHost.Cli.Recording;
using IsapiHost.Cli.Testing;
using IsapiHost.Cli.Tracing;

namespace IsapiHost.Cli.CommandLine;

/// <summary>What the command does beside serving.</summary>
internal static class Subcommands
{
    /// <summary>New ones, in the order of the help.</summary>
    public static IEnumerable<Command> All() =>
    [
        InspectCommand.Create(), TestCommand.Create(), RecordCommand.Create(), TraceCommand.Create(), CompletionCommand.Create(),
        HelpCommand.CreateHelp(), HelpCommand.CreateVersion(),
    ];
}
