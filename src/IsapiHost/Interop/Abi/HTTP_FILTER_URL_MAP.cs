using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>The mapping in URL_MAP, as old filters know it.</summary>
/// <remarks>HttpFilt.h, <c>HTTP_FILTER_URL_MAP</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HTTP_FILTER_URL_MAP
{
    public byte* pszURL;

    /// <summary>The filter may change it in place.</summary>
    public byte* pszPhysicalPath;

    /// <summary>Bytes at <see cref="pszPhysicalPath"/>.</summary>
    public uint cbPathBuff;
}
