using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>The mapping in URL_MAP; it begins as <see cref="HTTP_FILTER_URL_MAP"/> does and is always the one passed.</summary>
/// <remarks>HttpFilt.h, <c>HTTP_FILTER_URL_MAP_EX</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HTTP_FILTER_URL_MAP_EX
{
    public byte* pszURL;

    /// <summary>The filter may change it in place.</summary>
    public byte* pszPhysicalPath;

    /// <summary>Bytes at <see cref="pszPhysicalPath"/>.</summary>
    public uint cbPathBuff;

    /// <summary><see cref="HSE_URL_FLAGS"/>.</summary>
    public uint dwFlags;

    public uint cchMatchingPath;
    public uint cchMatchingURL;
    public byte* pszScriptMapEntry;
}
