namespace IsapiHost.Modules.Loading;

/// <summary>Where an operating system looks for the libraries that a module needs: the module's own folder, then these.</summary>
internal abstract class LibrarySearch
{
    private string[]? _systemFolders;
    private string[]? _otherFolders;

    /// <summary>How file names compare in the import tables of this format.</summary>
    public abstract StringComparer NameComparer { get; }

    /// <summary>Whether the environment's folders come before the system's.</summary>
    protected abstract bool EnvironmentFirst { get; }

    public static LibrarySearch For(ModuleImage module) =>
        module.Format == ModuleFormat.PortableExecutable ? new WindowsLibrarySearch(module.Architecture) : new UnixLibrarySearch();

    /// <summary>True for a name that the operating system resolves without a file of that name.</summary>
    public abstract bool IsPartOfSystem(string name);

    /// <summary>The library's image, or null if it is in none of the folders.</summary>
    public ModuleImage? Find(string name, ModuleImage module)
    {
        _systemFolders ??= [.. SystemFolders()];
        _otherFolders ??= [.. OtherFolders()];
        string own = Path.GetDirectoryName(module.Path)!;
        if (name.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        return name.Contains('/', StringComparison.Ordinal)
            ? TryRead(Path.GetFullPath(name))
            : FoldersFor(own).Select(folder => TryRead(Path.Combine(folder, name))).FirstOrDefault(image => image is not null);
    }

    public bool IsInSystemFolder(string path) =>
        _systemFolders is not null && _systemFolders.Any(folder => NameComparer.Equals(Path.GetDirectoryName(path), folder));

    protected abstract IEnumerable<string> SystemFolders();

    /// <summary>The folders that the user's environment adds.</summary>
    protected abstract IEnumerable<string> OtherFolders();

    protected static IEnumerable<string> FoldersIn(string variable) =>
        (Environment.GetEnvironmentVariable(variable) ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(Path.IsPathFullyQualified);

    private IEnumerable<string> FoldersFor(string own) =>
        (EnvironmentFirst ? _otherFolders!.Concat(_systemFolders!) : _systemFolders!.Concat(_otherFolders!)).Prepend(own);

    private static ModuleImage? TryRead(string path)
    {
        try
        {
            return File.Exists(path) ? ModuleImage.Read(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // what cannot be read cannot be loaded either
        }
    }
}
