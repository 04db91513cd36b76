using System.Globalization;
using IsapiHost.Hosting.Settings;
using IsapiHost.Modules;
using IsapiHost.Modules.Loading;
using Microsoft.Extensions.Configuration;

namespace IsapiHost.Cli.Configuration;

/// <summary>A folder in place of a module: every extension in it that this host can load is served.</summary>
internal static class ModuleFolders
{
    /// <summary>Puts the extensions of folders in the place of the folders, in <c>Dlls</c>.</summary>
    /// <param name="values">The settings of section <c>Isapi</c>.</param>
    /// <param name="faults">Gets the folders without such an extension.</param>
    /// <returns>A sentence for each extension that is left out, since this host cannot load it.</returns>
    public static IReadOnlyList<string> Expand(Dictionary<string, GivenValue> values, FaultList faults)
    {
        string[] keys = [.. values.Keys.Where(IsModule).Order(Comparer<string>.Create(ConfigurationKeyComparer.Instance.Compare))];
        if (!keys.Any(key => ModuleFiles.IsSeveral(values[key].Text)))
        {
            return [];
        }

        List<string> leftOut = [];
        List<GivenValue> modules = [];
        foreach (var key in keys)
        {
            var value = values[key];
            values.Remove(key);
            modules.AddRange(ModuleFiles.IsSeveral(value.Text) ? Extensions(value, faults, leftOut) : [value]);
        }

        for (var i = 0; i < modules.Count; i++)
        {
            values[string.Create(CultureInfo.InvariantCulture, $"{HandlerSettings.Dlls}:{i}")] = modules[i];
        }

        return leftOut;
    }

    private static List<GivenValue> Extensions(GivenValue folder, FaultList faults, List<string> leftOut)
    {
        List<GivenValue> extensions = [];
        foreach (var file in ModuleFiles.Named(folder.Text))
        {
            try
            {
                // Libraries that extensions need lie beside them, and filters are not asked for here.
                if (ModuleImage.Read(file).IsExtension)
                {
                    ModulePreflight.Check(file);
                    extensions.Add(folder with { Text = file });
                }
            }
            catch (ModuleLoadException e)
            {
                leftOut.Add($"{folder.Where}: left out: {e.Message}");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                leftOut.Add($"{folder.Where}: left out: {file} cannot be read: {e.Message}");
            }
        }

        if (extensions.Count == 0)
        {
            faults.Add(
                folder.Where,
                $"there is no extension in {folder.Text} that this host can load. isapihost inspect {folder.Text} says why.");
            extensions.Add(folder);
        }

        return extensions;
    }

    // Anything else at or below the setting is a fault, which the library finds.
    private static bool IsModule(string key) =>
        key.Equals(HandlerSettings.Dlls, StringComparison.OrdinalIgnoreCase)
        || (key.StartsWith($"{HandlerSettings.Dlls}:", StringComparison.OrdinalIgnoreCase)
            && key.AsSpan(HandlerSettings.Dlls.Length + 1).IndexOfAnyExceptInRange('0', '9') < 0);
}
