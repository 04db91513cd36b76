using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace IsapiHost.Cli.Configuration;

/// <summary>The place of a setting as the user knows it: an environment variable, or a file and a key.</summary>
internal static class SettingPlace
{
    /// <summary>The place of a setting, or of the first one in it where it is a section.</summary>
    public static string Of(IConfigurationRoot configuration, string path)
    {
        // The last source that has the key is the one whose value counts.
        IConfigurationProvider? source = configuration.Providers.LastOrDefault(
            provider => provider.TryGet(path, out _) || provider.GetChildKeys([], path).Any());
        return source switch
        {
            EnvironmentVariablesConfigurationProvider =>
                $"environment variable {path.Replace(":", "__", StringComparison.Ordinal).ToUpperInvariant()}",
            JsonConfigurationProvider json => $"{json.Source.Path}, {path}",
            _ => $"{ConfigurationSources.FileName}, {path}",
        };
    }
}
