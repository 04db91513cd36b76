using System.Runtime.InteropServices;
using System.Text;

namespace IsapiHost.Modules.Loading;

/// <summary>
/// dlopen, with what Windows does by itself: libraries in the module's own folder are found. dlopen never looks there, but it takes a
/// library that is already loaded under the wanted name (DT_SONAME), so such neighbours are loaded first.
/// </summary>
internal sealed unsafe class UnixLoader : SystemLoader
{
    private const int RTLD_NOW = 2;
    private const int MostNeighbours = 500;

    // Before glibc 2.34 these two live in libdl, since then in libc: asking the process itself finds them in either.
    private readonly delegate* unmanaged<byte*, int, nint> _dlopen;
    private readonly delegate* unmanaged<byte*> _dlerror;

    public UnixLoader()
    {
        nint process = NativeLibrary.GetMainProgramHandle();
        _dlopen = (delegate* unmanaged<byte*, int, nint>)NativeLibrary.GetExport(process, "dlopen");
        _dlerror = (delegate* unmanaged<byte*>)NativeLibrary.GetExport(process, "dlerror");
    }

    public override IReadOnlyList<nint> Load(ModuleImage module)
    {
        List<nint> handles = [];
        try
        {
            LoadNeighbours(module, module, [Path.GetFileName(module.Path)], handles);
            handles.Add(Open(module, module));
        }
        catch (ModuleLoadException)
        {
            handles.Reverse();
            handles.ForEach(NativeLibrary.Free);
            throw;
        }

        handles.Reverse();
        return handles;
    }

    private void LoadNeighbours(ModuleImage image, ModuleImage module, HashSet<string> seen, List<nint> handles)
    {
        string folder = Path.GetDirectoryName(module.Path)!;
        foreach (ImportedLibrary import in image.Imports)
        {
            string path = Path.Combine(folder, import.Name);
            if (import.Name.AsSpan().ContainsAny('/', '\0') || seen.Count >= MostNeighbours || !seen.Add(import.Name) || !File.Exists(path))
            {
                continue;
            }

            ModuleImage neighbour = ModuleImage.Read(path);
            if (!ModulePreflight.FitsThisProcess(neighbour) || neighbour.IsTruncated)
            {
                continue; // a fitting one may be in the system's folders; if not, the module's own load fails and says so
            }

            LoadNeighbours(neighbour, module, seen, handles);
            handles.Add(Open(neighbour, module));
        }
    }

    private nint Open(ModuleImage library, ModuleImage module)
    {
        nint handle;
        fixed (byte* path = Encoding.UTF8.GetBytes(library.Path + '\0'))
        {
            handle = _dlopen(path, RTLD_NOW); // RTLD_LOCAL is 0, and the default
        }

        return handle != 0 ? handle : throw Explain(module, Marshal.PtrToStringUTF8((nint)_dlerror()) ?? "dlopen gave no reason");
    }

    private static ModuleLoadException Explain(ModuleImage module, string reason)
    {
        if (!reason.Contains("cannot open shared object file", StringComparison.Ordinal))
        {
            return Explain(module, reason, isDependencyFault: false);
        }

        // glibc: "libx.so: cannot open shared object file: …"; a neighbour it could not take has no name of its own.
        string name = reason[..Math.Max(0, reason.IndexOf(':', StringComparison.Ordinal))];
        string neighbour = Path.Combine(Path.GetDirectoryName(module.Path)!, name);
        return name.Length > 0 && !name.Contains('/', StringComparison.Ordinal) && File.Exists(neighbour) && ModuleImage.Read(neighbour).SoName != name
            ? new ModuleLoadException(ModuleLoadError.MissingDependency, module.Path,
                $"'{module.Path}' needs {name}; '{neighbour}' exists but is not built under that name: link it with -Wl,-soname,{name}, "
                + "or link the module with -Wl,-rpath,'$ORIGIN'.")
            : Explain(module, reason, isDependencyFault: true);
    }
}
