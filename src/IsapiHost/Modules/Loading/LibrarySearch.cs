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
    /// <param name="name">Its name, as it stands in what needs it.</param>
    /// <param name="neededBy">The module, or one of its libraries.</param>
    /// <param name="module">The module that is to be loaded.</param>
    public ModuleImage? Find(string name, ModuleImage neededBy, ModuleImage module)
    {
        _systemFolders ??= [.. SystemFolders()];
        _otherFolders ??= [.. OtherFolders()];
        if (name.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        return name.Contains('/', StringComparison.Ordinal)
            ? TryRead(Path.GetFullPath(name))
            : FindBeside(name, module) is { } neighbour && IsTaken(neighbour, name)
                ? neighbour
                : FoldersFor(neededBy, module).Select(folder => TryRead(Path.Combine(folder, name))).FirstOrDefault(image => image is not null);
    }

    /// <summary>The file of this name beside the module, whether it would be taken or not.</summary>
    public static ModuleImage? FindBeside(string name, ModuleImage module) =>
        name.AsSpan().ContainsAny('/', '\0') ? null : TryRead(Path.Combine(Path.GetDirectoryName(module.Path)!, name));

    public bool IsInSystemFolder(string path) =>
        _systemFolders is not null && _systemFolders.Any(folder => NameComparer.Equals(Path.GetDirectoryName(path), folder));

    /// <summary>Whether a file beside the module is the library of this name.</summary>
    protected virtual bool IsTaken(ModuleImage neighbour, string name) => true;

    /// <summary>The folders that a file names itself for what it needs.</summary>
    protected virtual IEnumerable<string> FoldersNamedBy(ModuleImage image) => [];

    protected abstract IEnumerable<string> SystemFolders();

    /// <summary>The folders that the user's environment adds.</summary>
    protected abstract IEnumerable<string> OtherFolders();

    protected static IEnumerable<string> FoldersIn(string variable) =>
        (Environment.GetEnvironmentVariable(variable) ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(Path.IsPathFullyQualified);

    private IEnumerable<string> FoldersFor(ModuleImage neededBy, ModuleImage module) =>
        FoldersNamedBy(neededBy).Concat(FoldersNamedBy(module))
            .Concat(EnvironmentFirst ? _otherFolders!.Concat(_systemFolders!) : _systemFolders!.Concat(_otherFolders!));

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
