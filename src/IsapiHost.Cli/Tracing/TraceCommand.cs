using System.CommandLine;
using System.Text.Json;
using IsapiHost.Cli.Output;
using IsapiHost.Diagnostics.Tracing;

namespace IsapiHost.Cli.Tracing;

/// <summary><c>isapihost trace show FILE</c>: a recorded request as a timeline.</summary>
internal static class TraceCommand
{
    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "A file that isapihost --trace has written." };
        Command show = new("show", "Prints the calls of a recorded request in their order.") { file };
        show.SetAction(parsed => Show(parsed.GetValue(file)!));
        return new Command("trace", "Shows what --trace has recorded.") { show };
    }

    private static int Show(string file)
    {
        try
        {
            Timeline.Write(new Terminal(Console.Out), TraceJson.Read(File.ReadAllText(file)));
            return ExitCode.Stopped;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or JsonException)
        {
            string reason = e is JsonException ? "this is no trace" : "it cannot be read";
            ErrorOutput.Write([$"{file}: {reason} ({e.Message.TrimEnd('.')}). Name a file that isapihost --trace has written."]);
            return ExitCode.WrongConfiguration;
        }
    }
}
