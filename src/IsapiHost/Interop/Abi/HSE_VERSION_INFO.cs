using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>What GetExtensionVersion fills in: the interface version it was built for and its description.</summary>
/// <remarks>HttpExt.h, <c>HSE_VERSION_INFO</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HSE_VERSION_INFO
{
    /// <summary>High word major, low word minor; informative only.</summary>
    public uint dwExtensionVersion;

    /// <summary>ANSI, ended by a NUL unless the extension forgot it.</summary>
    public fixed byte lpszExtensionDesc[HSE.MAX_EXT_DLL_NAME_LEN];
}
