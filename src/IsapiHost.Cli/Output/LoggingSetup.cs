using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace IsapiHost.Cli.Output;

/// <summary>A quiet console: warnings and errors on standard error, request lines on standard output if asked for.</summary>
internal static class LoggingSetup
{
    /// <summary>The category of the line that the library logs for each finished request, at Information.</summary>
    public const string RequestCategory = "IsapiHost.Requests";

    private const string Format = "Logging:Console:FormatterName";

    /// <summary>Whether all that is written is to be log entries, since machines read them.</summary>
    public static bool IsForMachines(IConfiguration configuration) =>
        configuration[Format]?.ToUpperInvariant() is "JSON" or "SYSTEMD";

    /// <summary>The format of the log and nothing else of section <c>Logging</c>, which may be what is wrong.</summary>
    public static IConfiguration FormatAlone(IConfiguration configuration) =>
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(Format, configuration[Format])]).Build();

    private static string? LevelOf(IConfiguration configuration, string category) =>
        configuration[$"Logging:LogLevel:{category}"] ?? configuration[$"Logging:Console:LogLevel:{category}"];

    /// <summary>Adds the console; section <c>Logging</c> of the configuration can change levels and format.</summary>
    public static void AddQuietConsole(this ILoggingBuilder logging, IConfiguration configuration, bool logRequests)
    {
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.Services.Configure<ConsoleLoggerOptions>(console =>
        {
            console.FormatterName = PlainConsoleFormatter.FormatterName;
            console.LogToStandardErrorThreshold = LogLevel.Warning;
        });
        logging.AddConfiguration(configuration.GetSection("Logging"));
        logging.AddConsole().AddConsoleFormatter<PlainConsoleFormatter, ConsoleFormatterOptions>();

        // A start that fails is told in a sentence of ours; the stack traces of these two would bury it.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);

        // The command prints where it listens by itself, and LogRequests decides on request lines: "Default": "Information", as files of
        // other applications have it, changes neither. A level of the requests' own category does.
        logging.AddFilter<ConsoleLoggerProvider>("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        logging.AddFilter<ConsoleLoggerProvider>(LoggedLines.Category, LogLevel.Information);
        if (logRequests || LevelOf(configuration, RequestCategory) is null)
        {
            logging.AddFilter<ConsoleLoggerProvider>(RequestCategory, logRequests ? LogLevel.Information : LogLevel.Warning);
        }
    }
}
