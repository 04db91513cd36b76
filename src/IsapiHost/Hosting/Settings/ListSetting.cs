using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace IsapiHost.Hosting.Settings;

/// <summary>A setting that is a list of texts; a single text counts as a list of one.</summary>
internal static class ListSetting
{
    /// <summary>Hands out each text that is not blank, with its name: <c>Filters:0</c>.</summary>
    public static void Read(IConfigurationSection setting, string name, ICollection<OptionFault> faults, Action<string, string> take)
    {
        Take(setting, name);
        foreach (var item in setting.GetChildren())
        {
            var itemName = $"{name}:{item.Key}";
            if (item.GetChildren().Any() || !int.TryParse(item.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                faults.Add(new OptionFault(itemName, $"{name} is a list of texts: [ \"...\", \"...\" ]."));
            }
            else
            {
                Take(item, itemName);
            }
        }

        void Take(IConfigurationSection text, string textName)
        {
            if (!string.IsNullOrWhiteSpace(text.Value))
            {
                take(textName, text.Value.Trim());
            }
        }
    }
}
