using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>What was denied, in ACCESS_DENIED.</summary>
/// <remarks>HttpFilt.h, <c>HTTP_FILTER_ACCESS_DENIED</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HTTP_FILTER_ACCESS_DENIED
{
    public byte* pszURL;
    public byte* pszPhysicalPath;

    /// <summary><see cref="SF_DENIED"/>.</summary>
    public uint dwReason;
}
