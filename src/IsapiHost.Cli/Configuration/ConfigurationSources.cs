using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace IsapiHost.Cli.Configuration;

/// <summary>Where settings come from beside the command line; a later source wins over an earlier one.</summary>
internal static class ConfigurationSources
{
    /// <summary>The file that is read from the current folder, if there is one.</summary>
    public const string FileName = "appsettings.json";

    private const string LogFormat = "Logging:Console:FormatterName";

    /// <summary>
    /// Reads <c>ASPNETCORE_*</c> (ASPNETCORE_URLS in containers), the file, the file of the environment
    /// (<c>appsettings.Production.json</c>), and the environment variables.
    /// </summary>
    /// <param name="folder">The folder of the files.</param>
    /// <param name="logFormat">The format of the log where no source says otherwise; null for the command's own.</param>
    /// <param name="faults">Gets what is wrong with the files.</param>
    public static IConfigurationRoot Load(string folder, string? logFormat, FaultList faults)
    {
        var builder = new ConfigurationBuilder().SetBasePath(folder);
        if (logFormat is not null)
        {
            builder.AddInMemoryCollection([KeyValuePair.Create(LogFormat, (string?)logFormat)]);
        }

        builder.AddEnvironmentVariables("ASPNETCORE_");
        foreach (string file in (string[])[FileName, $"appsettings.{EnvironmentName}.json"])
        {
            if (CanBeRead(folder, file, faults))
            {
                builder.AddJsonFile(file, optional: true, reloadOnChange: false);
            }
        }

        return builder.AddEnvironmentVariables().Build();
    }

    // As in every ASP.NET Core application.
    private static string EnvironmentName =>
        Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") is { Length: > 0 } web ? web
        : Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") is { Length: > 0 } name ? name
        : "Production";

    // Each by itself, so that the faulty one is named.
    private static bool CanBeRead(string folder, string file, FaultList faults)
    {
        try
        {
            new ConfigurationBuilder().SetBasePath(folder).AddJsonFile(file, optional: true, reloadOnChange: false).Build();
            return true;
        }
        catch (Exception e)
            when (e is InvalidDataException or IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            faults.Add(file, WhyUnreadable(e));
            return false;
        }
    }

    // The outer exceptions only say that a file could not be loaded; the innermost one knows where. It counts lines from 0.
    private static string WhyUnreadable(Exception exception) => exception.GetBaseException() switch
    {
        JsonException { LineNumber: { } line } e =>
            $"is not valid JSON in line {line + 1}: {e.Message.Split(" LineNumber:")[0]}{Hint(e.Message)}",
        var cause => $"cannot be read: {cause.Message}",
    };

    // Whoever writes "C:\legacy\ext.dll" reads of escape sequences otherwise.
    private static string Hint(string message) =>
        message.Contains("escapable", StringComparison.Ordinal) || message.Contains("hex digit", StringComparison.Ordinal)
            ? " JSON wants each backslash of a path twice (C:\\\\legacy\\\\ext.dll); / works as well."
            : "";
}
