using System.Runtime.InteropServices;
using IsapiHost.Interop.Abi;
using IsapiHost.Modules.Loading;
using IsapiHost.Threading;

namespace IsapiHost.Modules;

/// <summary>
/// A native module in one of its roles, extension or filter: started once, called by any number of threads, ended once. There is one
/// object per file and role in a process, shared by all who load it; a file in both roles is in memory once, with one set of globals.
/// </summary>
public abstract unsafe class IsapiModule
{
    // Then it is said what the start waits for.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    private readonly NativeModule _native;
    private readonly NativeExport _terminate;
    private int _users;

    private protected IsapiModule(NativeModule native, NativeExport terminate)
    {
        _native = native;
        _terminate = terminate;
    }

    /// <summary>The module's full path, as it was given at the first load.</summary>
    public string Path => Image.Path;

    /// <summary>
    /// What the module calls itself in GetExtensionVersion or GetFilterVersion: at most 256 bytes, read as UTF-8 or else as Latin-1,
    /// without control characters; often empty.
    /// </summary>
    public string Description { get; private protected init; } = "";

    /// <summary>
    /// The version that the module gives there: of the interface by the documentation, in practice whatever its author wrote, 0.0 included.
    /// </summary>
    public Version Version { get; private protected init; } = new();

    /// <summary>What the module's file says about itself.</summary>
    public ModuleImage Image => _native.Image;

    /// <summary>Loads the role of a file, or shares the one that is loaded already; each call is paired with one of <see cref="Terminate"/>.</summary>
    /// <param name="image">The file, checked for this role.</param>
    /// <param name="start">Starts the module in the role; throws what keeps it from that.</param>
    /// <param name="slow">Told of a call into the module that takes long; null if nobody wants to know.</param>
    private protected static T Load<T>(ModuleImage image, Func<NativeModule, T> start, Action<string>? slow)
        where T : IsapiModule =>
        ModuleThread.Run("load", () => LoadHere(image, start), _patience, () => slow?.Invoke(NativeModule.CallInto(image)));

    /// <summary>
    /// Ends one use of the module in this role. The last one calls its terminating function (HSE_TERM_MUST_UNLOAD), if it exports one, on a
    /// thread of its own.
    /// </summary>
    /// <param name="limit">How long to wait for that function.</param>
    /// <param name="unload">Whether the module may be taken out of memory: see <see cref="NativeModule.Release"/>.</param>
    /// <returns>
    /// Null, or the call from which the module did not come back in time. It stays in memory then, with the thread that hangs in it.
    /// </returns>
    internal string? Terminate(TimeSpan limit, bool unload)
    {
        var cameBack = true;
        lock (_native.Gate)
        {
            ObjectDisposedException.ThrowIf(_users == 0, this);
            if (--_users == 0)
            {
                _native.Roles.Remove(GetType());

                // HttpFilt.h does not say what a filter gets here; the extension's twin gets MUST_UNLOAD.
                var terminate = (delegate* unmanaged[Stdcall]<uint, int>)_native.FindExport(_terminate);
                cameBack = terminate == null || ModuleThread.TryRun("terminate", limit, () => Call(terminate));
                _native.HangsInTermination |= !cameBack;
            }
        }

        var isUnloaded = _native.Release(unload && cameBack);
        return !cameBack ? _terminate.Name : !isUnloaded ? "its exit code (destructors, DllMain)" : null;
    }

    private static void Call(delegate* unmanaged[Stdcall]<uint, int> terminate)
    {
        var call = NativeCall.Begin();
        _ = terminate(HSE_TERM.MUST_UNLOAD);
        call.End();
    }

    /// <summary>Calls GetExtensionVersion or GetFilterVersion.</summary>
    /// <exception cref="ModuleLoadException">It returned FALSE.</exception>
    private protected void Start(NativeExport getVersion, void* info)
    {
        _native.Doing = getVersion.Name;
        Marshal.SetLastSystemError(0);
        var call = NativeCall.Begin();
        var isUsable = ((delegate* unmanaged[Stdcall]<void*, int>)_native.FindExport(getVersion))(info) != 0; // TRUE is -1 in Delphi and Free Pascal
        var lastError = Marshal.GetLastSystemError();
        call.End();
        _native.Doing = null;
        if (!isUsable)
        {
            throw ModulePreflight.RefusedToStart(Image, getVersion, lastError);
        }
    }

    private static T LoadHere<T>(ModuleImage image, Func<NativeModule, T> start)
        where T : IsapiModule
    {
        var native = NativeModule.Acquire(image);
        try
        {
            lock (native.Gate)
            {
                if (native.HangsInTermination)
                {
                    throw new ModuleLoadException(ModuleLoadError.LoadFailed, image.Path,
                        $"'{image.Path}' cannot be started again: its termination function has not come back yet. Restart the host.");
                }

                if (!native.Roles.TryGetValue(typeof(T), out var module))
                {
                    module = start(native);
                    native.Roles.Add(typeof(T), module);
                }

                module._users++;
                return (T)module;
            }
        }
        catch
        {
            native.Release(unload: false);
            throw;
        }
    }

    /// <summary>A version of which the high word is the major and the low word the minor number.</summary>
    private protected static Version ToVersion(uint value) => new((int)(value >> 16), (int)(value & 0xFFFF));
}
