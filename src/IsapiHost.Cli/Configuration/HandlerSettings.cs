namespace IsapiHost.Cli.Configuration;

/// <summary>Turns <c>--dll</c> and <c>--map</c> (settings Dlls and Maps) into handler mappings.</summary>
internal static class HandlerSettings
{
    /// <summary>
    /// The mappings: modules addressed by their file name first, so that a wildcard cannot hide them, then the patterns in the order given.
    /// </summary>
    public static IReadOnlyList<HandlerMapping> Read(IReadOnlyList<GivenValue> dlls, IReadOnlyList<GivenValue> maps, bool hasFilters, FaultList faults)
    {
        // A filter may answer by itself.
        if (dlls.Count == 0 && maps.Count == 0 && !hasFilters)
        {
            faults.Add("nothing to serve", "name an extension with --dll PATH, or give it a URL pattern with --map \"PATTERN=PATH\".");
        }

        Dictionary<string, (GivenValue Given, HandlerMapping Mapping)> byPattern = new(StringComparer.OrdinalIgnoreCase);
        List<HandlerMapping> mappings = [];
        foreach (GivenValue dll in dlls)
        {
            Add(dll, $"/{FileName(dll.Text)}", dll.Text);
        }

        foreach (GivenValue map in maps)
        {
            if (SplitAtFirstEqualSign(map, faults) is var (pattern, path))
            {
                Add(map, pattern, path);
            }
        }

        return mappings;

        void Add(GivenValue given, string pattern, string path)
        {
            HandlerMapping mapping;
            try
            {
                mapping = HandlerMapping.Parse(pattern, Path.GetFullPath(path));
            }
            catch (Exception e) when (e is FormatException or ArgumentException)
            {
                faults.Add(given.Where, e.Message);
                return;
            }

            if (byPattern.TryGetValue(mapping.Pattern, out var earlier))
            {
                faults.Add(
                    given.Where,
                    $"{pattern} is taken already by {earlier.Mapping.ModulePath} ({earlier.Given.Where}). "
                        + $"Leave one out or give this module another address, such as --map \"/other/*={path}\".");
                return;
            }

            byPattern.Add(mapping.Pattern, (given, mapping));
            mappings.Add(mapping);
        }
    }

    // Both separators on every system: a Windows path on Linux is then refused by the loader, which says why.
    private static string FileName(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];

    private static (string Pattern, string Path)? SplitAtFirstEqualSign(GivenValue map, FaultList faults)
    {
        int equalSign = map.Text.IndexOf('=', StringComparison.Ordinal);
        if (equalSign <= 0 || string.IsNullOrWhiteSpace(map.Text[(equalSign + 1)..]))
        {
            faults.Add(map.Where, $"\"{map.Text}\" is not PATTERN=PATH. Write for example \"*.abc=./ext.dll\".");
            return null;
        }

        return (map.Text[..equalSign].Trim(), map.Text[(equalSign + 1)..].Trim());
    }
}
