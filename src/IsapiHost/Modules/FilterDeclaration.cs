using IsapiHost.Abi;

namespace IsapiHost.Modules;

/// <summary>What a filter answers in GetFilterVersion.</summary>
/// <param name="Version">What it says its version is.</param>
/// <param name="Description">What it calls itself, without control characters.</param>
/// <param name="Flags">SF_NOTIFY_* bits: the events, the connections and the priority it asks for.</param>
internal sealed unsafe record FilterDeclaration(Version Version, string Description, uint Flags)
{
    private const uint HttpFilterRevision = 8 << 16; // MAKELONG(0, 8), as in HttpFilt.h

    /// <summary>Loads a filter, asks it, ends it and takes it out of memory.</summary>
    /// <exception cref="ModuleLoadException">It cannot be loaded, or does not want to be used.</exception>
    public static FilterDeclaration Ask(string path, TimeSpan terminationLimit)
    {
        ModuleImage image = ModulePreflight.Check(path);
        NativeModule native = NativeModule.Acquire(image);
        bool mayUnload = true;
        try
        {
            var getFilterVersion = (delegate* unmanaged[Stdcall]<HTTP_FILTER_VERSION*, int>)native.FindExport(IsapiExports.GetFilterVersion);
            if (getFilterVersion == null)
            {
                throw new ModuleLoadException(ModuleLoadError.MissingExport, image.Path, $"'{image.Path}' is not an ISAPI filter: it does not export GetFilterVersion.");
            }

            HTTP_FILTER_VERSION version = new() { dwServerFilterVersion = HttpFilterRevision };
            if (getFilterVersion(&version) == 0)
            {
                throw new ModuleLoadException(ModuleLoadError.InitialisationFailed, image.Path, $"'{image.Path}' refused to start: its GetFilterVersion returned FALSE.");
            }

            var terminateFilter = (delegate* unmanaged[Stdcall]<uint, int>)native.FindExport(IsapiExports.TerminateFilter);
            mayUnload = terminateFilter == null || BoundedCall.Run("ISAPI TerminateFilter", terminationLimit, () => _ = terminateFilter(0));
            return new FilterDeclaration(
                new Version((int)(version.dwFilterVersion >> 16), (int)(version.dwFilterVersion & 0xFFFF)),
                ModuleDescription.Decode(new ReadOnlySpan<byte>(version.lpszFilterDesc, 256)),
                version.dwFlags);
        }
        finally
        {
            native.Release(mayUnload);
        }
    }
}
