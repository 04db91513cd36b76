using System.Reflection;
using NetArchTest.Rules;

namespace IsapiHost.Tests.Shared;

/// <summary>Checks that the folders of an assembly are layers: the types of each use only those of the folders before it.</summary>
internal static class Layers
{
    /// <param name="assembly">The assembly; each of its namespaces below <paramref name="root"/> is a folder.</param>
    /// <param name="root">The namespace of the project, which is the last layer.</param>
    /// <param name="folders">The folders, the lowest first.</param>
    /// <returns>A line for each type that uses what it must not, and for each folder that is not listed.</returns>
    public static IReadOnlyList<string> Violations(Assembly assembly, string root, IReadOnlyList<string> folders)
    {
        var types = assembly.GetTypes().Where(type => !type.IsNested && IsIn(type.Namespace, root)).ToLookup(type => FolderOf(type.Namespace!, root));
        var layers = folders.Append("").ToArray();
        List<string> found = [.. types.Select(folder => folder.Key).Except(layers).Select(folder => $"{folder} is not in the list of layers")];
        for (var i = 0; i < folders.Count; i++)
        {
            string[] above = [.. layers[(i + 1)..].SelectMany(folder => types[folder]).Select(type => type.FullName!)];
            var layer = $"{root}.{folders[i]}";
            var result = Types.InAssembly(assembly).That().ResideInNamespace(layer).ShouldNot().HaveDependencyOnAny(above).GetResult();
            found.AddRange((result.FailingTypes ?? []).Where(type => IsIn(type.Namespace, layer)).Select(type => $"{type.FullName} uses a layer above {folders[i]}"));
        }

        return found;
    }

    private static bool IsIn(string? name, string root) =>
        name is not null && (name == root || name.StartsWith($"{root}.", StringComparison.Ordinal));

    private static string FolderOf(string name, string root) => name.Length == root.Length ? "" : name[(root.Length + 1)..].Split('.')[0];
}
