using Microsoft.Extensions.Configuration;

namespace IsapiHost.Hosting.Settings;

/// <summary>Turns the settings <c>Dlls</c> and <c>Maps</c> into handler mappings.</summary>
internal static class HandlerSettings
{
    public const string Dlls = "Dlls";
    public const string Maps = "Maps";

    /// <summary>
    /// Adds the mappings: modules addressed by their file name first, so that a wildcard cannot hide them, then the patterns in the order given.
    /// </summary>
    public static void Bind(IConfiguration section, IList<HandlerMapping> handlers, ICollection<OptionFault> faults)
    {
        Dictionary<string, (string Name, HandlerMapping Mapping)> byPattern = new(StringComparer.OrdinalIgnoreCase);
        ListSetting.Read(section.GetSection(Dlls), Dlls, faults, (name, path) => Add(name, $"/{FileName(path)}", path));
        ListSetting.Read(section.GetSection(Maps), Maps, faults, (name, map) =>
        {
            var equalSign = map.IndexOf('=', StringComparison.Ordinal);
            if (equalSign <= 0 || string.IsNullOrWhiteSpace(map[(equalSign + 1)..]))
            {
                faults.Add(new OptionFault(name, $"\"{map}\" is not PATTERN=PATH. Write for example \"*.abc=./ext.dll\"."));
                return;
            }

            Add(name, map[..equalSign].Trim(), map[(equalSign + 1)..].Trim());
        });

        void Add(string name, string pattern, string path)
        {
            HandlerMapping mapping;
            try
            {
                mapping = HandlerMapping.Parse(pattern, path);
            }
            catch (Exception e) when (e is FormatException or ArgumentException)
            {
                faults.Add(new OptionFault(name, e.Message));
                return;
            }

            if (byPattern.TryGetValue(pattern, out var earlier))
            {
                faults.Add(new OptionFault(
                    name,
                    $"{pattern} is taken already by {earlier.Mapping.ModulePath} ({earlier.Name}). "
                        + $"Leave one out or give this module another address, such as \"/other/*={path}\" in {Maps} (--map)."));
                return;
            }

            byPattern.Add(pattern, (name, mapping));
            handlers.Add(mapping);
        }
    }

    // Both separators on every system: a Windows path on Linux is then refused by the loader, which says why.
    private static string FileName(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
}
