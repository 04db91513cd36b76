using System.Runtime.InteropServices;
using IsapiHost.Abi;
using IsapiHost.Responses;

namespace IsapiHost.Modules;

/// <summary>
/// An ISAPI extension in memory: started once by GetExtensionVersion, entered by any number of threads, ended once by TerminateExtension.
/// There is one object per file in a process, shared by all who load it.
/// </summary>
public sealed unsafe class ExtensionModule
{
    private readonly NativeModule _native;
    private readonly delegate* unmanaged[Stdcall]<void*, uint> _httpExtensionProc;
    private readonly delegate* unmanaged[Stdcall]<uint, int> _terminateExtension;
    private int _users;

    private ExtensionModule(NativeModule native)
    {
        _native = native;
        nint getExtensionVersion = native.FindExport(IsapiExports.GetExtensionVersion);
        nint httpExtensionProc = native.FindExport(IsapiExports.HttpExtensionProc);
        if (getExtensionVersion == 0 || httpExtensionProc == 0)
        {
            throw ModulePreflight.NotAnExtension(native.Image);
        }

        _httpExtensionProc = (delegate* unmanaged[Stdcall]<void*, uint>)httpExtensionProc;
        _terminateExtension = (delegate* unmanaged[Stdcall]<uint, int>)native.FindExport(IsapiExports.TerminateExtension);
        (Version, Description) = Start((delegate* unmanaged[Stdcall]<HSE_VERSION_INFO*, int>)getExtensionVersion);
    }

    /// <summary>The module's full path, as it was given at the first load.</summary>
    public string Path => Image.Path;

    /// <summary>
    /// What the extension calls itself in GetExtensionVersion: at most 255 bytes, read as UTF-8 or else as Latin-1, without control
    /// characters; often empty.
    /// </summary>
    public string Description { get; }

    /// <summary>The version from GetExtensionVersion: of the interface by the documentation, in practice whatever its author wrote, 0.0 included.</summary>
    public Version Version { get; }

    /// <summary>The response heads that this extension sends again and again.</summary>
    internal ResponseHeadCache Heads { get; } = new();

    /// <summary>What the module's file says about itself.</summary>
    public ModuleImage Image => _native.Image;

    /// <summary>
    /// Loads an extension, or shares the one that is loaded from this file already. Each call is paired with one of
    /// <see cref="Terminate"/>. Safe from any thread; loads of the same file wait for each other.
    /// </summary>
    /// <exception cref="ModuleLoadException">The file cannot serve as an extension in this process; the message says why and what to do.</exception>
    internal static ExtensionModule Load(string path)
    {
        ModuleImage image = ModulePreflight.Check(path);
        ModulePreflight.RequireExtension(image);
        NativeModule native = NativeModule.Acquire(image);
        try
        {
            lock (native.Gate)
            {
                if (native.HangsInTermination)
                {
                    throw new ModuleLoadException(ModuleLoadError.LoadFailed, image.Path,
                        $"'{image.Path}' cannot be started again: its termination function has not come back yet. Restart the host.");
                }

                native.Extension ??= new ExtensionModule(native);
                native.Extension._users++;
                return native.Extension;
            }
        }
        catch
        {
            native.Release(unload: true);
            throw;
        }
    }

    /// <summary>Runs HttpExtensionProc for the request of this EXTENSION_CONTROL_BLOCK, on the calling thread.</summary>
    /// <returns>An HSE_STATUS_* value; the module may return any other.</returns>
    internal uint Invoke(void* ecb) => _httpExtensionProc(ecb);

    /// <summary>
    /// Ends one use of the extension. The last one calls TerminateExtension(HSE_TERM_MUST_UNLOAD), if the module exports it, on a thread
    /// of its own.
    /// </summary>
    /// <param name="limit">How long to wait for TerminateExtension.</param>
    /// <param name="unload">True if no request of the module is outstanding, so that it may be taken out of memory.</param>
    /// <returns>False if TerminateExtension did not come back in time: the module then stays in memory, with the thread that hangs in it.</returns>
    internal bool Terminate(TimeSpan limit, bool unload)
    {
        bool cameBack = true;
        lock (_native.Gate)
        {
            ObjectDisposedException.ThrowIf(_users == 0, this);
            if (--_users == 0)
            {
                _native.Extension = null;
                cameBack = _terminateExtension == null
                    || BoundedCall.Run("ISAPI TerminateExtension", limit, () => _ = _terminateExtension(HSE_TERM.MUST_UNLOAD));
                _native.HangsInTermination |= !cameBack;
            }
        }

        _native.Release(unload && cameBack);
        return cameBack;
    }

    private (Version Version, string Description) Start(delegate* unmanaged[Stdcall]<HSE_VERSION_INFO*, int> getExtensionVersion)
    {
        HSE_VERSION_INFO info = default;
        Marshal.SetLastSystemError(0);
        bool isUsable = getExtensionVersion(&info) != 0; // TRUE is -1 in Delphi and Free Pascal
        int lastError = Marshal.GetLastSystemError();
        if (!isUsable)
        {
            throw ModulePreflight.RefusedToStart(Image, IsapiExports.GetExtensionVersion, lastError);
        }

        Version version = new((int)(info.dwExtensionVersion >> 16), (int)(info.dwExtensionVersion & 0xFFFF));
        return (version, ModuleDescription.Decode(new ReadOnlySpan<byte>(info.lpszExtensionDesc, 255)));
    }
}
