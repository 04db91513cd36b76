namespace IsapiHost.Modules.Loading;

/// <summary>
/// Follows the import tables from a module to find the libraries that are missing, since neither operating system names them all
/// (Windows names none). It explains a load that failed; it does not decide whether to load, because Windows knows more places (side by
/// side assemblies, known DLLs) than are searched here.
/// </summary>
internal static class DependencyWalk
{
    private const int MostLibraries = 500;

    /// <summary>The faults in the order they are met, breadth first; empty if every library was found.</summary>
    public static IReadOnlyList<DependencyFault> FindFaults(ModuleImage module)
    {
        LibrarySearch search = LibrarySearch.For(module);
        List<DependencyFault> faults = [];
        HashSet<string> seen = new(search.NameComparer);
        Queue<ModuleImage> open = new([module]);
        while (open.TryDequeue(out ModuleImage? image))
        {
            foreach (ImportedLibrary import in image.Imports.Where(i => !i.IsDelayed))
            {
                if (seen.Count >= MostLibraries || !seen.Add(import.Name) || search.IsPartOfSystem(import.Name))
                {
                    continue;
                }

                ModuleImage? library = search.Find(import.Name, image, module);
                if (library is null || !Fits(library, module))
                {
                    faults.Add(new DependencyFault(import.Name, Path.GetFileName(image.Path), library));
                }
                else if (!search.IsInSystemFolder(library.Path))
                {
                    // What the system itself brings is complete.
                    open.Enqueue(library);
                }
            }
        }

        return faults;
    }

    public static bool Fits(ModuleImage library, ModuleImage module) =>
        library.Format == module.Format && library.Architecture == module.Architecture && library.Is64Bit == module.Is64Bit
        && !library.IsTruncated;
}
