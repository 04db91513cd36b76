using Microsoft.Extensions.Logging;

namespace IsapiHost.Cli.Output;

/// <summary>
/// Where the command itself writes: for people to standard output and standard error, for machines to the log, so that no line of another
/// kind stands between its entries.
/// </summary>
internal sealed class CommandOutput : IDisposable
{
    private readonly ILoggerFactory? _own;

    private CommandOutput(TextWriter lines, TextWriter errors, ILoggerFactory? own)
    {
        Lines = lines;
        Errors = errors;
        _own = own;
    }

    /// <summary>What it does.</summary>
    public TextWriter Lines { get; }

    /// <summary>What goes wrong.</summary>
    public TextWriter Errors { get; }

    /// <summary>
    /// The output before there is an application, with a log of its own; to be disposed of, which writes what is still queued.
    /// </summary>
    public static CommandOutput BeforeStart(bool isForMachines, Action<ILoggingBuilder> addLogs)
    {
        var loggers = isForMachines ? LoggerFactory.Create(addLogs) : null;
        return Of(loggers, loggers);
    }

    /// <summary>The output of a running application.</summary>
    public static CommandOutput Of(bool isForMachines, ILoggerFactory loggers) => Of(isForMachines ? loggers : null, own: null);

    public void Dispose() => _own?.Dispose();

    private static CommandOutput Of(ILoggerFactory? loggers, ILoggerFactory? own)
    {
        var logger = loggers?.CreateLogger(LoggedLines.Category);
        return logger is null
            ? new CommandOutput(Console.Out, Console.Error, own)
            : new CommandOutput(new LoggedLines(logger, LogLevel.Information), new LoggedLines(logger, LogLevel.Error), own);
    }
}
