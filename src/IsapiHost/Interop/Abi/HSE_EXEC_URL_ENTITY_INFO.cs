using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>The body of a child request.</summary>
/// <remarks>HttpExt.h, <c>HSE_EXEC_URL_ENTITY_INFO</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HSE_EXEC_URL_ENTITY_INFO
{
    /// <summary>Bytes.</summary>
    public uint cbAvailable;

    public void* lpbData;
}
