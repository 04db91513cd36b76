using IsapiHost.Cli.Hosting;

namespace IsapiHost.Cli.Configuration;

/// <summary>What the command was told to do, all checked.</summary>
/// <param name="Handlers">The URLs and the modules that answer them; module paths are absolute.</param>
/// <param name="Filters">The files of filters, absolute, in load order.</param>
/// <param name="Forward">The site that gets what no extension takes; null for none.</param>
/// <param name="Root">The folder that <c>/</c> maps to, absolute.</param>
/// <param name="VirtualDirectories">Further folders by URL prefix, absolute.</param>
/// <param name="Urls">Where to listen; empty where section Kestrel or ASPNETCORE_URLS decides.</param>
/// <param name="LogRequests">Whether each finished request gets a line.</param>
/// <param name="OptionSetters">What the remaining settings do to the library's options.</param>
internal sealed record HostSettings(
    IReadOnlyList<HandlerMapping> Handlers,
    IReadOnlyList<string> Filters,
    Uri? Forward,
    string Root,
    IReadOnlyList<KeyValuePair<string, string>> VirtualDirectories,
    IReadOnlyList<string> Urls,
    bool LogRequests,
    IReadOnlyList<Action<IsapiOptions>> OptionSetters)
{
    /// <summary>Hands the settings to the library.</summary>
    public void ApplyTo(IsapiOptions options)
    {
        options.RootPath = Root;
        options.RequestHeaderEncoding = KestrelSetup.HeaderEncoding;
        foreach (HandlerMapping handler in Handlers)
        {
            options.Handlers.Add(handler);
        }

        foreach ((string prefix, string folder) in VirtualDirectories)
        {
            options.VirtualDirectories[prefix] = folder;
        }

        foreach (Action<IsapiOptions> set in OptionSetters)
        {
            set(options);
        }
    }
}
