using IsapiHost.Interop.Abi;
using IsapiHost.Modules.Loading;

namespace IsapiHost.Modules;

/// <summary>An ISAPI extension in memory: GetExtensionVersion, HttpExtensionProc and TerminateExtension (HttpExt.h).</summary>
public sealed unsafe class ExtensionModule : IsapiModule
{
    private readonly delegate* unmanaged[Stdcall]<void*, uint> _httpExtensionProc;

    private ExtensionModule(NativeModule native)
        : base(native, IsapiExports.TerminateExtension)
    {
        _httpExtensionProc = (delegate* unmanaged[Stdcall]<void*, uint>)native.FindExport(IsapiExports.HttpExtensionProc);
        if (_httpExtensionProc == null || native.FindExport(IsapiExports.GetExtensionVersion) == 0)
        {
            throw ModulePreflight.NotAnExtension(native.Image);
        }

        HSE_VERSION_INFO info = default;
        Start(IsapiExports.GetExtensionVersion, &info);
        Version = ToVersion(info.dwExtensionVersion);
        Description = ModuleDescription.Decode(new ReadOnlySpan<byte>(info.lpszExtensionDesc, HSE.MAX_EXT_DLL_NAME_LEN - 1));
    }

    /// <summary>
    /// Loads an extension, or shares the one that is loaded from this file already. Each call is paired with one of
    /// <see cref="IsapiModule.Terminate"/>. Safe from any thread; loads of the same file wait for each other.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="slow">Told of a call into the module that takes more than 2 seconds; the load waits for it however long it takes.</param>
    /// <exception cref="ModuleLoadException">The file cannot serve as an extension in this process; the message says why and what to do.</exception>
    internal static ExtensionModule Load(string path, Action<string>? slow = null)
    {
        var image = ModulePreflight.Check(path);
        ModulePreflight.RequireExtension(image);
        return Load(image, native => new ExtensionModule(native), slow);
    }

    /// <summary>Runs HttpExtensionProc for the request of this EXTENSION_CONTROL_BLOCK, on the calling thread.</summary>
    /// <returns>An HSE_STATUS_* value; the module may return any other.</returns>
    internal uint Invoke(void* ecb) => _httpExtensionProc(ecb);
}
