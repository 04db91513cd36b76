using IsapiHost.Cli.Forwarding;
using Microsoft.Extensions.Configuration;

namespace IsapiHost.Cli.Configuration;

/// <summary>What the command was told to do, all checked.</summary>
/// <param name="Section">What the library reads: section <c>Isapi</c> with the options of the command line over it.</param>
/// <param name="Options">What the library makes of it; all paths are absolute.</param>
/// <param name="Forward">The site that gets what no extension takes; null for none.</param>
/// <param name="ForwardOptions">How requests are passed on to it.</param>
/// <param name="Urls">Where to listen; empty where section Kestrel or ASPNETCORE_URLS decides.</param>
/// <param name="LogRequests">Whether each finished request gets a line.</param>
/// <param name="Proxies">Whose forwarded headers are believed.</param>
/// <param name="AllowedHosts">The host names that requests may be for; empty for all.</param>
/// <param name="Notes">What has no effect although somebody wrote it, or is left out: a sentence each.</param>
internal sealed record HostSettings(
    IConfigurationSection Section,
    IsapiOptions Options,
    Uri? Forward,
    ForwardOptions ForwardOptions,
    IReadOnlyList<string> Urls,
    bool LogRequests,
    TrustedProxies Proxies,
    IReadOnlyList<string> AllowedHosts,
    IReadOnlyList<string> Notes)
{
    /// <summary>The URLs and the modules that answer them.</summary>
    public IReadOnlyList<HandlerMapping> Handlers => [.. Options.Handlers];

    /// <summary>The files of filters, in load order.</summary>
    public IReadOnlyList<string> Filters => [.. Options.Filters];
}
