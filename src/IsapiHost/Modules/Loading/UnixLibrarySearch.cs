namespace IsapiHost.Modules.Loading;

/// <summary>LD_LIBRARY_PATH and the folders that ld.so.conf names, as ld.so(8) describes them.</summary>
internal sealed class UnixLibrarySearch : LibrarySearch
{
    private static readonly string[] _standardFolders = ["/lib", "/usr/lib", "/lib64", "/usr/lib64", "/usr/local/lib"];

    public override StringComparer NameComparer => StringComparer.Ordinal;

    protected override bool EnvironmentFirst => true;

    /// <summary>The kernel's own shared object has no file.</summary>
    public override bool IsPartOfSystem(string name) => name is "linux-vdso.so.1" or "linux-gate.so.1";

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
