using IsapiHost.Cli.Output;
using IsapiHost.Hosting.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace IsapiHost.Cli.Configuration;

/// <summary>Checks section <c>Logging</c>: the logging of .NET passes over most mistakes there, and ends the process at others.</summary>
internal static class LoggingSection
{
    /// <summary>The name of the section.</summary>
    public const string Name = "Logging";

    private const string Levels = "LogLevel";

    private static readonly string[] _known = [Levels, "Console", "Debug", "EventSource", "EventLog"];
    private static readonly string[] _console =
        [Levels, "FormatterName", "FormatterOptions", "LogToStandardErrorThreshold", "MaxQueueLength", "QueueFullMode"];

    /// <summary>The names of formats.</summary>
    private static readonly string[] _formats = [PlainConsoleFormatter.FormatterName, "simple", "json", "systemd"];

    /// <summary>Says what in the section is not understood.</summary>
    public static IReadOnlyList<OptionFault> Check(IConfiguration section)
    {
        List<OptionFault> faults = [];
        foreach (IConfigurationSection part in section.GetChildren())
        {
            if (_known.Contains(part.Key, StringComparer.OrdinalIgnoreCase))
            {
                CheckLevels(part.Key.Equals(Levels, StringComparison.OrdinalIgnoreCase) ? part : part.GetSection(Levels), faults);
            }
            else if (NearestName.Find(part.Key, _known) is not null)
            {
                // Other names may be those of another application's providers.
                faults.Add(new OptionFault(part.Key, NearestName.Remedy(part.Key, _known)));
            }
        }

        CheckConsole(section.GetSection("Console"), faults);
        return faults;

        void CheckLevels(IConfigurationSection levels, List<OptionFault> wrong)
        {
            foreach (IConfigurationSection level in levels.GetChildren())
            {
                CheckEnum<LogLevel>(level, Relative(level), wrong);
            }
        }

        string Relative(IConfigurationSection inside) =>
            section is IConfigurationSection { Path: var path } ? inside.Path[(path.Length + 1)..] : inside.Path;
    }

    private static void CheckConsole(IConfigurationSection console, List<OptionFault> faults)
    {
        var unknown = console.GetChildren().Where(setting => !_console.Contains(setting.Key, StringComparer.OrdinalIgnoreCase));
        foreach (var setting in unknown)
        {
            faults.Add(new OptionFault($"Console:{setting.Key}", NearestName.Remedy(setting.Key, _console)));
        }

        IConfigurationSection format = console.GetSection("FormatterName");
        if (format.Value is { } name && !_formats.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            faults.Add(new OptionFault("Console:FormatterName", $"\"{name}\": write {string.Join(", ", _formats)}."));
        }

        CheckEnum<LogLevel>(console.GetSection("LogToStandardErrorThreshold"), "Console:LogToStandardErrorThreshold", faults);
    }

    private static void CheckEnum<T>(IConfigurationSection setting, string name, List<OptionFault> faults)
        where T : struct, Enum
    {
        if (setting.Value is { Length: > 0 } text && !(Enum.TryParse(text, ignoreCase: true, out T value) && Enum.IsDefined(value)))
        {
            faults.Add(new OptionFault(name, $"\"{text}\": write {string.Join(", ", Enum.GetNames<T>())}."));
        }
    }
}
