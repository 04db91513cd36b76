using IsapiHost.Hosting.Settings;
using Microsoft.Extensions.Configuration;

namespace IsapiHost.Cli.Configuration;

/// <summary>
/// Binds command line and configuration once. The library binds and judges its own options, here as in every application; the command adds
/// the place in which each faulty value stands.
/// </summary>
internal sealed class HostSettingsBinder
{
    private readonly IConfigurationRoot _configuration;
    private readonly EffectiveSettings _settings;
    private readonly FaultList _faults;

    private HostSettingsBinder(IConfigurationRoot configuration, EffectiveSettings settings, FaultList faults)
    {
        _configuration = configuration;
        _settings = settings;
        _faults = faults;
    }

    /// <summary>The settings; meaningful only if no fault was added.</summary>
    public static HostSettings Bind(IEnumerable<GivenOption> options, IConfigurationRoot configuration, FaultList faults) =>
        new HostSettingsBinder(configuration, EffectiveSettings.Read(options, configuration, faults), faults).Bind();

    private HostSettings Bind()
    {
        IsapiOptions options = Options();
        IReadOnlyList<string> urls = Urls();
        Uri? forward = _settings.Find(SettingNames.Forward) is { } site ? ForwardAddress.Read(site, urls, _faults) : null;
        if (!_settings.Contains(SettingNames.Served))
        {
            _faults.Add("nothing to serve", "name an extension with --dll PATH, or give it a URL pattern with --map \"PATTERN=PATH\".");
        }

        OtherSections.Check(_configuration, _faults);
        return new HostSettings(
            _settings.Section, options, forward, ForwardSettings.Read(_settings, _faults), urls, LogRequests(), Proxies(), AllowedHosts(),
            [.. OtherSections.Unread(_configuration), .. _settings.LeftOut]);
    }

    private IsapiOptions Options()
    {
        IsapiOptions options = new();
        Add(IsapiConfiguration.Bind(_settings.Section, options));
        OptionPaths.Resolve(options, Directory.GetCurrentDirectory());
        Add(OptionRules.FaultsOf(options));
        CheckFolder(nameof(IsapiOptions.Root), options.Root!);
        foreach ((string prefix, string folder) in options.VirtualDirectories)
        {
            CheckFolder($"{nameof(IsapiOptions.VirtualDirectories)}:{prefix}", folder);
        }

        return options;
    }

    private void Add(IEnumerable<OptionFault> faults)
    {
        foreach (OptionFault fault in faults)
        {
            _faults.Add(_settings.PlaceOf(fault.Name), fault.Message);
        }
    }

    // A blank folder, or one that cannot be a folder, has its fault already.
    private void CheckFolder(string name, string folder)
    {
        if (Path.IsPathFullyQualified(folder) && !folder.Any(char.IsControl) && !Directory.Exists(folder))
        {
            _faults.Add(_settings.PlaceOf(name), $"there is no folder {folder}. Create it or name another one.");
        }
    }

    private IReadOnlyList<string> Urls()
    {
        IReadOnlyList<string> given = ListenAddress.Read(_settings.List(SettingNames.Urls, _faults), _faults);
        return given.Count > 0 || ServerDecides() ? given : [ListenAddress.Default];
    }

    // The ways in which ASP.NET Core applications are told where to listen; containers set ASPNETCORE_HTTP_PORTS.
    private bool ServerDecides() =>
        _configuration.GetSection("Kestrel:Endpoints").GetChildren().Any()
        || _configuration["urls"] is not null
        || _configuration["http_ports"] is not null
        || _configuration["https_ports"] is not null;

    private TrustedProxies Proxies()
    {
        TrustedProxies proxies = TrustedProxies.Read(_settings.List(SettingNames.TrustedProxies, _faults), _faults);

        // ASPNETCORE_FORWARDEDHEADERS_ENABLED, as in every ASP.NET Core application.
        return !proxies.Any && bool.TryParse(_configuration["ForwardedHeaders_Enabled"], out bool enabled) && enabled
            ? TrustedProxies.None with { Everybody = true }
            : proxies;
    }

    private string[] AllowedHosts()
    {
        IConfigurationSection section = _configuration.GetSection("AllowedHosts");
        string[] hosts =
        [
            .. section.GetChildren().Select(host => host.Value).Append(section.Value)
                .SelectMany(hosts => (hosts ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
        ];
        return hosts.Contains("*") ? [] : hosts;
    }

    private bool LogRequests()
    {
        if (_settings.Find(SettingNames.LogRequests) is not { } given)
        {
            return false;
        }

        if (!bool.TryParse(given.Text, out bool value))
        {
            _faults.Add(given.Where, $"\"{given.Text}\": write true or false.");
        }

        return value;
    }
}
