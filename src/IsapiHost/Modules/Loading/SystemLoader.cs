using System.Runtime.InteropServices;

namespace IsapiHost.Modules.Loading;

/// <summary>The operating system's loader. Exports are found and libraries are freed by <see cref="NativeLibrary"/> on every system.</summary>
internal abstract class SystemLoader
{
    public static SystemLoader Current { get; } = OperatingSystem.IsWindows() ? new WindowsLoader() : new UnixLoader();

    /// <summary>Loads the module, its own folder first in the search path, and runs its start-up code.</summary>
    /// <returns>The handles to free at the end, in this order: the module's own is the first.</returns>
    /// <exception cref="ModuleLoadException">The operating system refused it; the message explains why.</exception>
    public abstract IReadOnlyList<nint> Load(ModuleImage module);

    /// <summary>Explains a refusal: by the libraries that are missing, or else in the operating system's words.</summary>
    protected static ModuleLoadException Explain(ModuleImage module, string reason, bool isDependencyFault)
    {
        IReadOnlyList<DependencyFault> faults = isDependencyFault ? DependencyWalk.FindFaults(module) : [];
        if (faults.Count == 0)
        {
            ModuleLoadError error = isDependencyFault ? ModuleLoadError.MissingDependency : ModuleLoadError.LoadFailed;
            return new ModuleLoadException(error, module.Path, $"'{module.Path}' could not be loaded: {reason.TrimEnd('.')}.");
        }

        string own = Path.GetFileName(module.Path);
        string[] missing = [.. faults.Where(f => f.Found is null).Select(f => f.NeededBy == own ? f.Name : $"{f.Name} (needed by {f.NeededBy})")];
        IEnumerable<string> unfit = faults.Where(f => f.Found is not null).Select(f =>
            $" {f.Name}, which {f.NeededBy} needs, was found as '{f.Found!.Path}', but that is {(f.Found.IsTruncated ? "truncated" : f.Found.Describe())}.");
        string sentence = missing.Length == 0
            ? $"'{module.Path}' cannot be loaded because a library it needs does not fit."
            : $"'{module.Path}' needs {string.Join(", ", missing)}, not found in its own folder or the system's: put what is missing beside the module.";
        return new ModuleLoadException(ModuleLoadError.MissingDependency, module.Path, sentence + string.Concat(unfit));
    }
}
