using System.IO.Enumeration;

namespace IsapiHost.Cli.Configuration;

/// <summary>The modules that a path of the command line means: a file, all of a folder, or those that a pattern matches.</summary>
internal static class ModuleFiles
{
    /// <summary>Whether a path means more than one file: a folder, or a pattern, which the shells of Windows hand on as it is.</summary>
    public static bool IsSeveral(string path) => Directory.Exists(path) || (path.AsSpan().ContainsAny('*', '?') && !File.Exists(path));

    /// <summary>The files, in the order of their names; none where no file matches or the folder cannot be read.</summary>
    public static IReadOnlyList<string> Named(string path)
    {
        if (!IsSeveral(path))
        {
            return [path];
        }

        var isFolder = Directory.Exists(path);
        var folder = isFolder ? path : Path.GetDirectoryName(path) ?? "";
        var pattern = isFolder ? "*" : Path.GetFileName(path);
        try
        {
            return
            [
                .. new DirectoryInfo(folder.Length > 0 ? folder : ".").EnumerateFiles()
                    .Select(file => file.Name)
                    .Where(name => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: OperatingSystem.IsWindows()))
                    .Where(name => !isFolder || IsModuleName(name))
                    .Order(StringComparer.OrdinalIgnoreCase)
                    .Select(name => Path.Combine(folder, name)),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsModuleName(string name) => Path.GetExtension(name).ToUpperInvariant() is ".DLL" or ".SO";
}
