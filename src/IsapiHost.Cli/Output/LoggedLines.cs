using System.Text;
using Microsoft.Extensions.Logging;

namespace IsapiHost.Cli.Output;

/// <summary>Lines of the command as entries of the log.</summary>
internal sealed partial class LoggedLines(ILogger logger, LogLevel level) : TextWriter
{
    /// <summary>The category of the entries.</summary>
    public const string Category = "IsapiHost.Command";

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        // Whole lines only: WriteLine is all that the command uses.
    }

    public override void WriteLine(string? value)
    {
        var line = (value ?? "").Trim();
        Log(logger, level, line);
    }

    [LoggerMessage(EventId = 400, Message = "{Line}")]
    private static partial void Log(ILogger logger, LogLevel level, string line);
}
