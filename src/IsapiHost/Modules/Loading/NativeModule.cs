using System.Runtime.InteropServices;
using IsapiHost.Interop;
using IsapiHost.Threading;

namespace IsapiHost.Modules.Loading;

/// <summary>
/// A module in the memory of this process. There is one per file, whatever names lead to it and whether it serves as extension, as filter
/// or as both: such modules share globals between the two (Tomcat's, PHP's and pywin32's do).
/// </summary>
internal sealed class NativeModule
{
    private static readonly TimeSpan _unloadLimit = TimeSpan.FromSeconds(10);
    private static readonly Lock _registryGate = new();
    private static readonly Dictionary<string, NativeModule> _registry = new(CanonicalPath.Comparer);
    private static readonly HashSet<NativeModule> _inMemory = [];

    private readonly string _key;
    private IReadOnlyList<nint> _handles = [];
    private int _users;
    private bool _staysLoaded;

    private NativeModule(string key, ModuleImage image)
    {
        _key = key;
        Image = image;
    }

    /// <summary>Every module that was loaded and not taken out again, in use or not.</summary>
    public static IReadOnlyList<NativeModule> InMemory
    {
        get
        {
            lock (_registryGate)
            {
                return [.. _inMemory];
            }
        }
    }

    /// <summary>The call into a module that is being made to load or start it, in words.</summary>
    public static string CallInto(ModuleImage image)
    {
        lock (_registryGate)
        {
            return (_registry.TryGetValue(CanonicalPath.Of(image.Path), out var module) ? module.Doing : null) ?? "its start";
        }
    }

    /// <summary>Held while the module starts or ends, so that loads of one file wait for each other and not for other files.</summary>
    public Lock Gate { get; } = new();

    public ModuleImage Image { get; }

    /// <summary>The operating system's handle: on Windows the address of the image.</summary>
    public nint Handle => _handles[0];

    /// <summary>The call into the module that is being made to load or start it; null for none.</summary>
    public string? Doing { get; set; }

    /// <summary>What the module serves as now, at most once as each. Guarded by <see cref="Gate"/>.</summary>
    public Dictionary<Type, IsapiModule> Roles { get; } = [];

    /// <summary>True once a terminating call into the module did not come back: nothing may start it again. Guarded by <see cref="Gate"/>.</summary>
    public bool HangsInTermination { get; set; }

    /// <summary>
    /// Loads the module, or joins those who use it already. Each call is paired with one of <see cref="Release"/>. The module's start-up code
    /// runs on the calling thread, which should end soon.
    /// </summary>
    /// <exception cref="ModuleLoadException">The operating system refused it.</exception>
    public static NativeModule Acquire(ModuleImage image)
    {
        var key = CanonicalPath.Of(image.Path);
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
                    module.LoadFile();
                }
            }

            return module;
        }
        catch
        {
            module.Release(unload: false);
            throw;
        }
    }

    /// <summary>The function's address, 0 if it is not exported.</summary>
    public nint FindExport(NativeExport export)
    {
        foreach (var spelling in export.Spellings)
        {
            if (NativeLibrary.TryGetExport(_handles[0], spelling, out var address))
            {
                return address;
            }
        }

        return 0;
    }

    /// <summary>Ends one use.</summary>
    /// <param name="unload">
    /// Whether the last one takes the module out of memory: only in a process that lives on, and when all threads of ours that ran its code
    /// have ended. A module with threads of its own stays all the same, and so does one that anybody else left behind.
    /// </param>
    /// <returns>False if the module's exit code did not come back in time.</returns>
    public bool Release(bool unload)
    {
        lock (_registryGate)
        {
            _staysLoaded |= !unload;
            if (--_users > 0)
            {
                return true;
            }

            if (HangsInTermination)
            {
                return true; // stays registered, so that a later load is refused
            }

            _registry.Remove(_key);
        }

        return _staysLoaded || _handles.Count == 0 || ModuleThreads.MayExist(Image.Path) || Unload();
    }

    private void LoadFile()
    {
        ProcessEnd.Watch();
        FloatingPointControls.Remember();
        Doing = "its start-up code (constructors, DllMain)";
        var call = NativeCall.Begin();
        try
        {
            _handles = SystemLoader.Current.Load(Image);
        }
        finally
        {
            call.End();
            Doing = null;
        }

        lock (_registryGate)
        {
            _inMemory.Add(this);
        }
    }

    private bool Unload()
    {
        lock (_registryGate)
        {
            _inMemory.Remove(this);
        }

        return ModuleThread.TryRun("unload", _unloadLimit, () =>
        {
            foreach (var handle in _handles)
            {
                NativeLibrary.Free(handle);
            }
        });
    }
}
