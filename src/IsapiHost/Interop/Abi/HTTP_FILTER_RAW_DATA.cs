using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>The bytes of READ_RAW_DATA and SEND_RAW_DATA.</summary>
/// <remarks>HttpFilt.h, <c>HTTP_FILTER_RAW_DATA</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HTTP_FILTER_RAW_DATA
{
    public void* pvInData;

    /// <summary>Bytes of data.</summary>
    public uint cbInData;

    /// <summary>Bytes of memory.</summary>
    public uint cbInBuffer;

    public uint dwReserved;
}
