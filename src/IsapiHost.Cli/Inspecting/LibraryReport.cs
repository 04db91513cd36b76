using IsapiHost.Modules;
using IsapiHost.Modules.Loading;

namespace IsapiHost.Cli.Inspecting;

/// <summary>A library that a module, or one of its libraries, needs.</summary>
/// <param name="Name">The name as it stands in the file.</param>
/// <param name="State">Whether it is there.</param>
/// <param name="Path">Where it was found.</param>
/// <param name="IsDelayed">Whether the module loads without it, up to the first call into it.</param>
/// <param name="NeededBy">The library that needs it; null for the module itself.</param>
internal sealed record LibraryReport(string Name, LibraryState State, string? Path, bool IsDelayed, string? NeededBy)
{
    /// <summary>The module's own imports, then what is missing further down.</summary>
    public static IEnumerable<LibraryReport> AllOf(ModuleImage module)
    {
        LibrarySearch search = LibrarySearch.For(module);
        HashSet<string> named = new(search.NameComparer);
        foreach (ImportedLibrary import in module.Imports.Where(i => named.Add(i.Name)))
        {
            yield return Of(import, module, search);
        }

        var further = DependencyWalk.FindFaults(module)
            .Where(f => !named.Contains(f.Name) && !IsKnown(f.Name, module) && !IsOfWindows(f.Name, module));
        foreach (var fault in further)
        {
            yield return new LibraryReport(
                fault.Name,
                fault.Found is null ? LibraryState.Missing : LibraryState.DoesNotFit,
                fault.Found?.Path,
                IsDelayed: false,
                fault.NeededBy);
        }
    }

    private static LibraryReport Of(ImportedLibrary import, ModuleImage module, LibrarySearch search)
    {
        ModuleImage? found = search.IsPartOfSystem(import.Name) ? null : search.Find(import.Name, module, module);
        if (found is not null && DependencyWalk.Fits(found, module))
        {
            return new LibraryReport(import.Name, LibraryState.Found, found.Path, import.IsDelayed, NeededBy: null);
        }

        if (search.IsPartOfSystem(import.Name) || IsKnown(import.Name, module) || IsOfWindows(import.Name, module))
        {
            return new LibraryReport(import.Name, LibraryState.PartOfSystem, Path: null, import.IsDelayed, NeededBy: null);
        }

        found ??= LibrarySearch.FindBeside(import.Name, module);
        LibraryState state = found is null ? LibraryState.Missing
            : DependencyWalk.Fits(found, module) ? LibraryState.OtherName
            : LibraryState.DoesNotFit;
        return new LibraryReport(import.Name, state, found?.Path, import.IsDelayed, NeededBy: null);
    }

    // Where only Windows libraries for another processor are found, Windows for that processor still has its own.
    private static bool IsOfWindows(string name, ModuleImage module) =>
        module.Format == ModuleFormat.PortableExecutable && !ModulePreflight.FitsThisProcess(module) && WindowsLibraries.AreIn(name);

    private static bool IsKnown(string name, ModuleImage module) => module.Format switch
    {
        ModuleFormat.PortableExecutable => !OperatingSystem.IsWindows() && WindowsLibraries.AreIn(name),
        _ => OperatingSystem.IsWindows() && name.StartsWith("lib", StringComparison.Ordinal) && WindowsLibraries.LinuxCore.Contains(name),
    };
}
