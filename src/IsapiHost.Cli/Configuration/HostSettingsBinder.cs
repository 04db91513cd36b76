using System.Text;
using IsapiHost.Cli.CommandLine;
using IsapiHost.Extensions.Children;
using IsapiHost.Mapping;
using Microsoft.Extensions.Configuration;

namespace IsapiHost.Cli.Configuration;

/// <summary>Binds command line and configuration once; an option replaces the setting of the same meaning.</summary>
internal sealed class HostSettingsBinder
{
    private readonly HostCommandLine _line;
    private readonly IConfigurationRoot _configuration;
    private readonly IsapiSection _section;
    private readonly FaultList _faults;

    private HostSettingsBinder(HostCommandLine line, IConfigurationRoot configuration, FaultList faults)
    {
        _line = line;
        _configuration = configuration;
        _section = new IsapiSection(configuration);
        _faults = faults;
    }

    /// <summary>The settings; meaningful only if no fault was added.</summary>
    public static HostSettings Bind(HostCommandLine line, IConfigurationRoot configuration, FaultList faults) =>
        new HostSettingsBinder(line, configuration, faults).Bind();

    private HostSettings Bind()
    {
        NameUnknownKeys();
        string[] filters = Filters();
        IReadOnlyList<string> urls = Urls();
        GivenValue? forward = Forward();
        return new HostSettings(
            HandlerSettings.Read(
                Many("--dll", _line.Dlls, SettingNames.Dlls), Many("--map", _line.Maps, SettingNames.Maps), filters.Length > 0 || forward is not null, _faults),
            filters,
            forward is { } site ? ForwardAddress.Read(site, urls, _faults) : null,
            Root(),
            VirtualDirectories(),
            urls,
            LogRequests(),
            OptionSetters());
    }

    private void NameUnknownKeys()
    {
        foreach (string key in _section.Keys.Except(SettingNames.All, StringComparer.OrdinalIgnoreCase))
        {
            string? nearest = NearestName.Find(key, SettingNames.All);
            _faults.Add(
                _section.PlaceOf(key),
                nearest is null ? $"unknown setting. Known are {string.Join(", ", SettingNames.All)}." : $"unknown setting. Did you mean {nearest}?");
        }
    }

    private string[] Filters()
    {
        IReadOnlyList<GivenValue> given = Many("--filter", _line.Filters, SettingNames.Filters);
        foreach (GivenValue value in given.Where(value => string.IsNullOrWhiteSpace(value.Text)))
        {
            _faults.Add(value.Where, "names no file. Write the path of a filter.");
        }

        return [.. given.Where(value => !string.IsNullOrWhiteSpace(value.Text)).Select(value => Path.GetFullPath(value.Text.Trim()))];
    }

    private GivenValue? Forward() =>
        _line.Forward is { } forward ? new GivenValue(forward, "--forward") : _section.Single(SettingNames.Forward, _faults);

    private string Root()
    {
        GivenValue given = _line.Root is { } root ? new GivenValue(root, "--root") : _section.Single(SettingNames.Root, _faults) ?? new(".", "--root");
        return ExistingFolder(given);
    }

    private List<KeyValuePair<string, string>> VirtualDirectories()
    {
        List<KeyValuePair<string, string>> directories = [];
        foreach ((string prefix, GivenValue folder) in _section.Pairs(SettingNames.VirtualDirectories, _faults))
        {
            string path = prefix.Trim('/');
            if (!prefix.StartsWith('/') || path.Length == 0)
            {
                _faults.Add(folder.Where, "a virtual directory is a URL path and a folder: \"/images\": \"./pictures\".");
            }

            directories.Add(new($"/{path}", ExistingFolder(folder)));
        }

        return directories;
    }

    private IEnumerable<Action<IsapiOptions>> ErrorPageSetters()
    {
        foreach ((string status, GivenValue page) in _section.Pairs(SettingNames.ErrorPages, _faults))
        {
            if (ErrorPageFault(status, page.Text) is { } fault)
            {
                _faults.Add(page.Where, fault);
            }

            yield return options => options.ErrorPages[status] = page.Text;
        }
    }

    private static string? ErrorPageFault(string status, string page)
    {
        try
        {
            _ = new ErrorPages([new(status, page)], new UrlDecoder(Encoding.UTF8));
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    private string ExistingFolder(GivenValue given)
    {
        string folder = Path.GetFullPath(given.Text.Length == 0 ? "." : given.Text);
        if (!Directory.Exists(folder))
        {
            _faults.Add(given.Where, $"there is no folder {folder}. Create it or name another one.");
        }

        return folder;
    }

    private IReadOnlyList<string> Urls()
    {
        IReadOnlyList<string> given = ListenAddress.Read(Many("--urls", _line.Urls, SettingNames.Urls), _faults);
        return given.Count > 0 || ServerDecides() ? given : [ListenAddress.Default];
    }

    // The ways in which ASP.NET Core applications are told where to listen; containers set ASPNETCORE_HTTP_PORTS.
    private bool ServerDecides() =>
        _configuration.GetSection("Kestrel:Endpoints").GetChildren().Any()
        || _configuration["urls"] is not null
        || _configuration["http_ports"] is not null
        || _configuration["https_ports"] is not null;

    private bool LogRequests()
    {
        if (_line.LogRequests is { } asked)
        {
            return asked;
        }

        if (_section.Single(SettingNames.LogRequests, _faults) is not { } given)
        {
            return false;
        }

        if (!bool.TryParse(given.Text, out bool value))
        {
            _faults.Add(given.Where, $"\"{given.Text}\" is neither true nor false.");
        }

        return value;
    }

    private List<Action<IsapiOptions>> OptionSetters()
    {
        List<Action<IsapiOptions>> setters = [];
        foreach (OptionSetting setting in OptionSettings.All)
        {
            if ((_line.ValueFor(setting.Name) ?? _section.Single(setting.Name, _faults)) is not { } given)
            {
                continue;
            }

            (Action<IsapiOptions>? apply, string? fault) = setting.Read(given.Text);
            if (apply is not null)
            {
                setters.Add(apply);
            }
            else
            {
                _faults.Add(given.Where, $"\"{given.Text}\": {fault}");
            }
        }

        setters.AddRange(ErrorPageSetters());
        return setters;
    }

    private IReadOnlyList<GivenValue> Many(string option, IReadOnlyList<string> values, string setting) =>
        values.Count > 0 ? [.. values.Select(value => new GivenValue(value, option))] : _section.Many(setting, _faults);
}
