namespace IsapiHost.Cli.Configuration;

/// <summary>The keys of section <c>Isapi</c> that are more than one property of the library's options.</summary>
internal static class SettingNames
{
    public const string Dlls = "Dlls";
    public const string Maps = "Maps";
    public const string Filters = "Filters";
    public const string Forward = "Forward";
    public const string Root = "Root";
    public const string VirtualDirectories = "VirtualDirectories";
    public const string ErrorPages = nameof(IsapiOptions.ErrorPages);
    public const string Urls = "Urls";
    public const string LogRequests = "LogRequests";

    /// <summary>Every key that section <c>Isapi</c> may hold.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Dlls, Maps, Filters, Forward, Root, VirtualDirectories, ErrorPages, Urls, LogRequests, .. OptionSettings.All.Select(setting => setting.Name)];
}
