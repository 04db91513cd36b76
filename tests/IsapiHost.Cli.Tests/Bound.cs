using IsapiHost.Cli.CommandLine;
using IsapiHost.Cli.Configuration;
using Microsoft.Extensions.Configuration;

namespace IsapiHost.Cli.Tests;

/// <summary>What the command makes of arguments and settings, without a process.</summary>
internal sealed record Bound(HostSettings Settings, IReadOnlyList<string> Faults)
{
    public static Bound From(string[] args, params (string Key, string Value)[] settings)
    {
        FaultList faults = new();
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
        HostSettings bound = HostSettingsBinder.Bind(HostCommandLine.Parse(args, faults).Settings, configuration, faults);
        return new Bound(bound, faults.Lines);
    }

    /// <summary>The library's options after the settings were handed to it.</summary>
    public IsapiOptions Options()
    {
        Assert.Empty(Faults);
        return Settings.Options;
    }
}
