using System.Runtime.InteropServices;

namespace IsapiHost.Modules.Loading;

/// <summary>
/// A module in the memory of this process. There is one per file, whatever names lead to it and whether it serves as extension, as filter
/// or as both: such modules share globals between the two (Tomcat's, PHP's and pywin32's do).
/// </summary>
internal sealed class NativeModule
{
    private static readonly TimeSpan _freeLimit = TimeSpan.FromSeconds(10);
    private static readonly Lock _registryGate = new();
    private static readonly Dictionary<string, NativeModule> _registry = new(CanonicalPath.Comparer);

    private readonly string _key;
    private IReadOnlyList<nint> _handles = [];
    private int _users;
    private bool _staysLoaded;

    private NativeModule(string key, ModuleImage image)
    {
        _key = key;
        Image = image;
    }

    /// <summary>Held while the module starts or ends, so that loads of one file wait for each other and not for other files.</summary>
    public Lock Gate { get; } = new();

    public ModuleImage Image { get; }

    /// <summary>What the module serves as now, at most once as each. Guarded by <see cref="Gate"/>.</summary>
    public Dictionary<Type, IsapiModule> Roles { get; } = [];

    /// <summary>True once a terminating call into the module did not come back: nothing may start it again. Guarded by <see cref="Gate"/>.</summary>
    public bool HangsInTermination { get; set; }

    /// <summary>Loads the module, or joins those who use it already. Each call is paired with one of <see cref="Release"/>.</summary>
    /// <exception cref="ModuleLoadException">The operating system refused it.</exception>
    public static NativeModule Acquire(ModuleImage image)
    {
        string key = CanonicalPath.Of(image.Path);
        NativeModule module;
        lock (_registryGate)
        {
            if (!_registry.TryGetValue(key, out module!))
            {
                module = new NativeModule(key, image);
                _registry.Add(key, module);
            }

            module._users++;
        }

        try
        {
            lock (module.Gate)
            {
                if (module._handles.Count == 0)
                {
                    module._handles = SystemLoader.Current.Load(image);
                }
            }

            return module;
        }
        catch
        {
            module.Release(unload: true);
            throw;
        }
    }

    /// <summary>The function's address, 0 if it is not exported.</summary>
    public nint FindExport(NativeExport export)
    {
        foreach (string spelling in export.Spellings)
        {
            if (NativeLibrary.TryGetExport(_handles[0], spelling, out nint address))
            {
                return address;
            }
        }

        return 0;
    }

    /// <summary>Ends one use; the last one takes the module out of memory.</summary>
    /// <param name="unload">
    /// False if code of the module may still run or be called: then it stays in memory for the life of the process, whoever else releases it.
    /// </param>
    public void Release(bool unload)
    {
        lock (_registryGate)
        {
            _staysLoaded |= !unload;
            if (--_users > 0)
            {
                return;
            }

            if (HangsInTermination)
            {
                return; // stays registered, so that a later load is refused
            }

            _registry.Remove(_key);
        }

        if (!_staysLoaded && _handles.Count > 0)
        {
            // The module's own exit code runs here, which may hang.
            BoundedCall.Run("ISAPI module unload", _freeLimit, () =>
            {
                foreach (nint handle in _handles)
                {
                    NativeLibrary.Free(handle);
                }
            });
        }
    }
}
