using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace IsapiHost.Cli.Configuration;

/// <summary>Where settings come from beside the command line; a later source wins over an earlier one.</summary>
internal static class ConfigurationSources
{
    /// <summary>The file that is read from the current folder, if there is one.</summary>
    public const string FileName = "appsettings.json";

    /// <summary>Reads <c>ASPNETCORE_*</c> (ASPNETCORE_URLS in containers), the file, and the environment variables.</summary>
    public static IConfigurationRoot Load(string folder, FaultList faults)
    {
        try
        {
            return Build(folder, withFile: true);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or FormatException)
        {
            faults.Add(FileName, WhyUnreadable(e));
            return Build(folder, withFile: false);
        }
    }

    // The outer exceptions only say that a file could not be loaded; the innermost one knows where. It counts lines from 0.
    private static string WhyUnreadable(Exception exception) => exception.GetBaseException() switch
    {
        JsonException { LineNumber: { } line } e => $"is not valid JSON in line {line + 1}: {e.Message.Split(" LineNumber:")[0]}",
        var cause => $"cannot be read: {cause.Message}",
    };

    private static IConfigurationRoot Build(string folder, bool withFile)
    {
        IConfigurationBuilder builder = new ConfigurationBuilder().AddEnvironmentVariables("ASPNETCORE_");
        if (withFile)
        {
            builder.SetBasePath(folder).AddJsonFile(FileName, optional: true, reloadOnChange: false);
        }

        return builder.AddEnvironmentVariables().Build();
    }
}
