using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace IsapiHost.Cli.Configuration;

/// <summary>Section <c>Isapi</c> of the configuration: values with the place they come from.</summary>
internal sealed class IsapiSection(IConfigurationRoot configuration)
{
    /// <summary>The name of the section; environment variables begin with it in capitals: <c>ISAPI__ROOT</c>.</summary>
    public const string Name = "Isapi";

    private readonly IConfigurationSection _section = configuration.GetSection(Name);

    /// <summary>The keys that are set, whatever the source.</summary>
    public IEnumerable<string> Keys => _section.GetChildren().Select(child => child.Key);

    /// <summary>The place of a key as the user knows it.</summary>
    public string PlaceOf(string key) => PlaceOf(_section.GetSection(key));

    /// <summary>A single value; an empty one counts as not given.</summary>
    public GivenValue? Single(string key, FaultList faults)
    {
        IConfigurationSection value = _section.GetSection(key);
        if (value.GetChildren().FirstOrDefault() is { } child)
        {
            faults.Add(PlaceOf(child), $"{key} takes a single value, not a list or an object.");
            return null;
        }

        return Given(value);
    }

    /// <summary>A list; a single value counts as a list of one.</summary>
    public IReadOnlyList<GivenValue> Many(string key, FaultList faults)
    {
        IConfigurationSection list = _section.GetSection(key);
        List<GivenValue> values = [];
        if (Given(list) is { } only)
        {
            values.Add(only);
        }

        foreach (IConfigurationSection item in list.GetChildren())
        {
            if (item.GetChildren().Any() || !int.TryParse(item.Key, out _))
            {
                faults.Add(PlaceOf(item), $"{key} is a list of texts: [ \"...\", \"...\" ].");
            }
            else if (Given(item) is { } value)
            {
                values.Add(value);
            }
        }

        return values;
    }

    /// <summary>An object of names and texts.</summary>
    public IReadOnlyList<(string Name, GivenValue Value)> Pairs(string key, FaultList faults)
    {
        IConfigurationSection pairs = _section.GetSection(key);
        if (Given(pairs) is { } text)
        {
            faults.Add(text.Where, $"{key} is an object: {{ \"name\": \"value\" }}.");
        }

        return [.. pairs.GetChildren().Select(pair => (pair.Key, Given(pair) ?? new GivenValue("", PlaceOf(pair))))];
    }

    private GivenValue? Given(IConfigurationSection value) =>
        string.IsNullOrWhiteSpace(value.Value) ? null : new GivenValue(value.Value, PlaceOf(value));

    private string PlaceOf(IConfigurationSection value)
    {
        // The last source that has the key is the one whose value counts.
        IConfigurationProvider? source = configuration.Providers.LastOrDefault(
            provider => provider.TryGet(value.Path, out _) || provider.GetChildKeys([], value.Path).Any());
        return source is EnvironmentVariablesConfigurationProvider
            ? $"environment variable {value.Path.Replace(":", "__", StringComparison.Ordinal).ToUpperInvariant()}"
            : $"{ConfigurationSources.FileName}, {value.Path}";
    }
}
