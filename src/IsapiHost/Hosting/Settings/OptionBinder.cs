using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace IsapiHost.Hosting.Settings;

/// <summary>
/// Binds a section of the configuration to options. In place of ConfigurationBinder, because every fault is to be named at once, with its
/// setting and a remedy, because unknown names are faults, and because <c>30</c> is seconds and not days.
/// </summary>
/// <param name="options">The options that the section may hold.</param>
/// <param name="others">Names in the section that somebody else reads.</param>
internal sealed class OptionBinder(IEnumerable<OptionProperty> options, IReadOnlyCollection<string> others)
{
    private readonly Dictionary<string, OptionProperty> _options =
        options.Where(IsBindable).ToDictionary(option => option.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Every name that the section may hold.</summary>
    public IEnumerable<string> Names => [.. others, .. _options.Keys];

    /// <summary>Sets the options that the section gives a value; a blank one counts as not given.</summary>
    public void Bind(IConfiguration section, ICollection<OptionFault> faults) => Bind(section, "", faults);

    private void Bind(IConfiguration section, string prefix, ICollection<OptionFault> faults)
    {
        foreach (var setting in section.GetChildren())
        {
            var name = prefix + setting.Key;
            if (_options.TryGetValue(name, out var option))
            {
                Bind(setting, option, faults);
            }
            else if (IsGroup(name))
            {
                BindGroup(setting, name, faults);
            }
            else if (!others.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                NameUnknown(setting, name, faults);
            }
        }
    }

    private void BindGroup(IConfigurationSection setting, string name, ICollection<OptionFault> faults)
    {
        if (!string.IsNullOrWhiteSpace(setting.Value))
        {
            faults.Add(new OptionFault(name, $"\"{setting.Value}\": {name} is an object: {{ \"name\": value }}."));
        }

        Bind(setting, $"{name}:", faults);
    }

    private static void Bind(IConfigurationSection setting, OptionProperty option, ICollection<OptionFault> faults)
    {
        switch (option.Value)
        {
            case IList<string> list:
                ListSetting.Read(setting, option.Name, faults, (_, text) => list.Add(text));
                break;
            case IDictionary<string, string> pairs:
                BindPairs(setting, option.Name, pairs, faults);
                break;
            default:
                BindSingle(setting, option, faults);
                break;
        }
    }

    private static void BindSingle(IConfigurationSection setting, OptionProperty option, ICollection<OptionFault> faults)
    {
        if (setting.GetChildren().FirstOrDefault() is { } child)
        {
            faults.Add(new OptionFault($"{option.Name}:{child.Key}", $"{option.Name} takes a single value, not a list or an object."));
        }
        else if (setting.Value is { } text && !string.IsNullOrWhiteSpace(text))
        {
            if (Set(option, text) is { } fault)
            {
                faults.Add(new OptionFault(option.Name, $"\"{text}\": {fault}"));
            }
        }
    }

    private static string? Set(OptionProperty option, string text)
    {
        if (!OptionText.TryRead(option, text, out var value))
        {
            return OptionText.RuleOf(option);
        }

        try
        {
            option.Value = value;
            return null;
        }
        catch (TargetInvocationException e) when (e.InnerException is ArgumentException refused)
        {
            // Kestrel's options check their values themselves. The parameter's name, which .NET appends, is nothing to users.
            return refused.Message.Split(" (Parameter")[0].ReplaceLineEndings(" ");
        }
    }

    private static void BindPairs(IConfigurationSection setting, string name, IDictionary<string, string> pairs, ICollection<OptionFault> faults)
    {
        if (!string.IsNullOrWhiteSpace(setting.Value))
        {
            faults.Add(new OptionFault(name, $"{name} is an object: {{ \"name\": \"value\" }}."));
        }

        foreach (var pair in setting.GetChildren())
        {
            pairs[pair.Key] = pair.Value ?? "";
        }
    }

    private static bool IsBindable(OptionProperty option) =>
        option.Value is IList<string> or IDictionary<string, string> || (option.Property.CanWrite && OptionText.IsBindable(option.Type));

    private bool IsGroup(string name) => _options.Keys.Any(key => key.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase));

    // Its own name first, then those of the values in it: the mistake may be in the name of their group.
    private void NameUnknown(IConfigurationSection setting, string name, ICollection<OptionFault> faults)
    {
        var nearest = NearestName.Find(name, Names);
        var children = setting.GetChildren().ToArray();
        if (nearest is not null || children.Length == 0)
        {
            faults.Add(new OptionFault(name, NearestName.Remedy(name, Names)));
            return;
        }

        foreach (var child in children)
        {
            NameUnknown(child, $"{name}:{child.Key}", faults);
        }
    }
}
