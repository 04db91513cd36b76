using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>One named value of an <see cref="HTTP_TRACE_EVENT"/>.</summary>
/// <remarks>httptrace.h, <c>HTTP_TRACE_EVENT_ITEM</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HTTP_TRACE_EVENT_ITEM
{
    public ushort* pszName;

    /// <summary><see cref="HTTP_TRACE_TYPE"/>.</summary>
    public uint dwDataType;

    public byte* pbData;

    /// <summary>Bytes.</summary>
    public uint cbData;

    public ushort* pszDataDescription;
}
