using System.Text;
using Microsoft.Extensions.Logging;

namespace IsapiHost.Cli.Output;

/// <summary>Lines of the command as log entries, for a log that machines read: no line of another kind may stand between its entries.</summary>
internal sealed partial class LoggedLines(ILogger logger) : TextWriter
{
    /// <summary>The category of the entries.</summary>
    public const string Category = "IsapiHost.Command";

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        // Whole lines only: WriteLine is all that the command uses.
    }

    public override void WriteLine(string? value) => Log(logger, value ?? "");

    [LoggerMessage(400, LogLevel.Information, "{Line}")]
    private static partial void Log(ILogger logger, string line);
}
