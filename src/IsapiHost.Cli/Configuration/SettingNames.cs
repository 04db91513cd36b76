using IsapiHost.Hosting.Settings;

namespace IsapiHost.Cli.Configuration;

/// <summary>The settings of section <c>Isapi</c> that only the command reads; all others are the library's.</summary>
internal static class SettingNames
{
    public const string Forward = "Forward";
    public const string Urls = "Urls";
    public const string LogRequests = "LogRequests";
    public const string TrustedProxies = "TrustedProxies";

    /// <summary>Those of which one at least must be given.</summary>
    public static IReadOnlyList<string> Served { get; } =
        [HandlerSettings.Dlls, HandlerSettings.Maps, nameof(IsapiOptions.Filters), Forward];
}
