using IsapiHost.Hosting.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace IsapiHost.Cli.Configuration;

/// <summary>Checks what stands beside section <c>Isapi</c>, so that no mistake is passed over in silence.</summary>
internal static class OtherSections
{
    private static readonly string[] _sections = [EffectiveSettings.SectionName, KestrelSection.Name, LoggingSection.Name];
    private static readonly string[] _known =
        [.. _sections, "AllowedHosts", "Urls", "Http_Ports", "Https_Ports", "ForwardedHeaders_Enabled", "$schema"];

    /// <summary>Adds what is wrong.</summary>
    public static void Check(IConfigurationRoot configuration, FaultList faults)
    {
        CheckFiles(configuration, faults);
        CheckEnvironment(configuration, faults);
        Add(KestrelSection.Name, KestrelSection.Apply(configuration.GetSection(KestrelSection.Name), new KestrelServerOptions()));
        Add(LoggingSection.Name, LoggingSection.Check(configuration.GetSection(LoggingSection.Name)));

        void Add(string section, IEnumerable<OptionFault> wrong)
        {
            foreach (OptionFault fault in wrong)
            {
                faults.Add(SettingPlace.Of(configuration, $"{section}:{fault.Name}"), fault.Message);
            }
        }
    }

    /// <summary>Sections of the files that this command does not read: an application's own, perhaps.</summary>
    public static IEnumerable<string> Unread(IConfigurationRoot configuration) => configuration.Providers
        .OfType<JsonConfigurationProvider>()
        .SelectMany(file => UnknownKeys(file).Select(key => $"{file.Source.Path}, {key}: isapihost does not read this."));

    private static void CheckFiles(IConfigurationRoot configuration, FaultList faults)
    {
        foreach (JsonConfigurationProvider file in configuration.Providers.OfType<JsonConfigurationProvider>())
        {
            foreach (string key in UnknownKeys(file))
            {
                if (NearestName.Find(key, _known) is not null)
                {
                    faults.Add($"{file.Source.Path}, {key}", NearestName.Remedy(key, _known));
                }
            }
        }
    }

    // The environment is everybody's: only what can hardly mean anything else is a mistake.
    private static void CheckEnvironment(IConfigurationRoot configuration, FaultList faults)
    {
        foreach (var variables in configuration.Providers.OfType<EnvironmentVariablesConfigurationProvider>())
        {
            foreach (string key in variables.GetChildKeys([], null).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                string name = key.ToUpperInvariant();
                if (name.StartsWith("ISAPI_", StringComparison.Ordinal)
                    && NearestName.Find(name["ISAPI_".Length..], IsapiConfiguration.Names) is { } setting)
                {
                    faults.Add(
                        $"environment variable {name}",
                        "a setting has two underscores: ISAPI__"
                            + $"{setting.Replace(":", "__", StringComparison.Ordinal).ToUpperInvariant()}.");
                }
                else if (name.StartsWith("ISA", StringComparison.Ordinal) && name != "ISAPI"
                    && variables.GetChildKeys([], key).Any() && NearestName.Find(name, [EffectiveSettings.SectionName]) is not null)
                {
                    faults.Add($"environment variable {name}__…", "unknown section. Did you mean ISAPI__…?");
                }
            }
        }
    }

    private static IEnumerable<string> UnknownKeys(JsonConfigurationProvider file) =>
        file.GetChildKeys([], null).Distinct(StringComparer.OrdinalIgnoreCase).Except(_known, StringComparer.OrdinalIgnoreCase);
}
