namespace IsapiHost.Modules.Loading;

/// <summary>The folders of the search order that LOAD_WITH_ALTERED_SEARCH_PATH selects, without the current folder.</summary>
internal sealed class WindowsLibrarySearch(ModuleArchitecture architecture) : LibrarySearch
{
    public override StringComparer NameComparer => StringComparer.OrdinalIgnoreCase;

    protected override bool EnvironmentFirst => false;

    /// <summary>API sets are names without a file; which of them exist is a table inside Windows.</summary>
    public override bool IsPartOfSystem(string name) =>
        name.StartsWith("api-ms-win-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("ext-ms-", StringComparison.OrdinalIgnoreCase);

    protected override IEnumerable<string> SystemFolders()
    {
        if (OperatingSystem.IsWindows())
        {
            // In a 64-bit process SystemX86 is SysWOW64; a 32-bit process is shown its own folder under either name.
            yield return Environment.GetFolderPath(
                architecture == ModuleArchitecture.X86 ? Environment.SpecialFolder.SystemX86 : Environment.SpecialFolder.System);
            yield return Environment.GetFolderPath(Environment.SpecialFolder.Windows);
        }
    }

    protected override IEnumerable<string> OtherFolders() => OperatingSystem.IsWindows() ? FoldersIn("PATH") : [];
}
