using System.Globalization;
using IsapiHost.Hosting.Settings;
using Microsoft.Extensions.Configuration;

namespace IsapiHost.Cli.Configuration;

/// <summary>
/// Section <c>Isapi</c> with the options of the command line over it, as the library reads it, and the place that each value comes from.
/// </summary>
internal sealed class EffectiveSettings
{
    /// <summary>The name of the section; environment variables begin with it in capitals: <c>ISAPI__ROOT</c>.</summary>
    public const string SectionName = "Isapi";

    private readonly Dictionary<string, GivenValue> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lazy<IConfigurationSection> _section;

    private EffectiveSettings() => _section = new(() => new ConfigurationBuilder()
        .AddInMemoryCollection(_values.Select(value => KeyValuePair.Create($"{SectionName}:{value.Key}", (string?)value.Value.Text)))
        .Build()
        .GetSection(SectionName));

    /// <summary>The section.</summary>
    public IConfigurationSection Section => _section.Value;

    /// <summary>A sentence for each extension of a folder that is not served.</summary>
    public IReadOnlyList<string> LeftOut { get; private set; } = [];

    /// <summary>Reads both; an option replaces the setting of the same meaning, with all that is in it.</summary>
    public static EffectiveSettings Read(IEnumerable<GivenOption> options, IConfigurationRoot configuration, FaultList faults)
    {
        EffectiveSettings settings = new();
        foreach ((string key, string? value) in configuration.GetSection(SectionName).AsEnumerable(makePathsRelative: true))
        {
            if (value is not null)
            {
                settings._values[key] = new GivenValue(value, SettingPlace.Of(configuration, $"{SectionName}:{key}"));
            }
        }

        foreach ((string setting, string option, IReadOnlyList<string> values) in options)
        {
            settings.Replace(setting, option, values);
            if (values.Any(string.IsNullOrWhiteSpace))
            {
                faults.Add(option, "needs a value.");
            }
        }

        settings.LeftOut = ModuleFolders.Expand(settings._values, faults);
        return settings;
    }

    /// <summary>A value that is given and not blank.</summary>
    public GivenValue? Find(string name) =>
        _values.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value.Text) ? value : null;

    /// <summary>Whether any of these is given.</summary>
    public bool Contains(IEnumerable<string> names) => names.Any(name => _values.Keys.Any(key => IsAtOrBelow(key, name)));

    /// <summary>A list of texts, each with its place; those that are blank are left out.</summary>
    public IReadOnlyList<GivenValue> List(string name, FaultList faults)
    {
        List<GivenValue> texts = [];
        List<OptionFault> wrong = [];
        ListSetting.Read(Section.GetSection(name), name, wrong, (item, text) => texts.Add(new GivenValue(text, PlaceOf(item))));
        foreach (OptionFault fault in wrong)
        {
            faults.Add(PlaceOf(fault.Name), fault.Message);
        }

        return texts;
    }

    /// <summary>The option, environment variable or file and key in which a setting stands.</summary>
    public string PlaceOf(string name)
    {
        if (_values.TryGetValue(name, out GivenValue value))
        {
            return value.Where;
        }

        // A list or an object has no value of its own.
        string inside = $"{name}:";
        foreach ((string key, GivenValue within) in _values)
        {
            if (key.StartsWith(inside, StringComparison.OrdinalIgnoreCase))
            {
                return within.Where;
            }
        }

        return $"{SectionName}:{name}";
    }

    private void Replace(string setting, string option, IReadOnlyList<string> values)
    {
        foreach (string key in _values.Keys.Where(key => IsAtOrBelow(key, setting)).ToArray())
        {
            _values.Remove(key);
        }

        for (int i = 0; i < values.Count; i++)
        {
            string key = values.Count == 1 ? setting : string.Create(CultureInfo.InvariantCulture, $"{setting}:{i}");
            _values[key] = new GivenValue(values[i], option);
        }
    }

    private static bool IsAtOrBelow(string key, string setting) =>
        key.StartsWith(setting, StringComparison.OrdinalIgnoreCase) && (key.Length == setting.Length || key[setting.Length] == ':');
}
