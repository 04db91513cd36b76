namespace IsapiHost.Modules.Loading;

/// <summary>The folders that files name themselves, LD_LIBRARY_PATH and the folders that ld.so.conf names, as ld.so(8) describes them.</summary>
internal sealed class UnixLibrarySearch : LibrarySearch
{
    private static readonly string[] _standardFolders = ["/lib", "/usr/lib", "/lib64", "/usr/lib64", "/usr/local/lib"];

    public override StringComparer NameComparer => StringComparer.Ordinal;

    protected override bool EnvironmentFirst => true;

    /// <summary>The kernel's own shared object has no file.</summary>
    public override bool IsPartOfSystem(string name) => name is "linux-vdso.so.1" or "linux-gate.so.1";

    /// <summary>UnixLoader loads it first; ld.so then takes it by the name inside of the file only.</summary>
    protected override bool IsTaken(ModuleImage neighbour, string name) => neighbour.SoName == name;

    protected override IEnumerable<string> FoldersNamedBy(ModuleImage image)
    {
        var origin = Path.GetDirectoryName(image.Path);
        return (image.RunPath ?? string.Empty).Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => folder.Replace("${ORIGIN}", origin, StringComparison.Ordinal).Replace("$ORIGIN", origin, StringComparison.Ordinal))
            .Where(Path.IsPathFullyQualified);
    }

    protected override IEnumerable<string> SystemFolders() => OperatingSystem.IsWindows() ? [] : _standardFolders.Concat(ConfiguredFolders());

    protected override IEnumerable<string> OtherFolders() => OperatingSystem.IsWindows() ? [] : FoldersIn("LD_LIBRARY_PATH");

    private static IEnumerable<string> ConfiguredFolders()
    {
        try
        {
            IEnumerable<string> files = Directory.Exists("/etc/ld.so.conf.d") ? Directory.EnumerateFiles("/etc/ld.so.conf.d", "*.conf") : [];
            return [.. files.Prepend("/etc/ld.so.conf").Where(File.Exists).SelectMany(File.ReadLines).Select(l => l.Trim()).Where(l => l.StartsWith('/'))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
