using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>What GetFilterVersion is told and fills in.</summary>
/// <remarks>HttpFilt.h, <c>HTTP_FILTER_VERSION</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HTTP_FILTER_VERSION
{
    /// <summary>Set by the host.</summary>
    public uint dwServerFilterVersion;

    public uint dwFilterVersion;
    public fixed byte lpszFilterDesc[SF.MAX_FILTER_DESC_LEN];

    /// <summary><see cref="SF_NOTIFY"/>.</summary>
    public uint dwFlags;
}
