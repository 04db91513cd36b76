using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>What HSE_REQ_GET_EXEC_URL_STATUS tells of a finished child request.</summary>
/// <remarks>HttpExt.h, <c>HSE_EXEC_URL_STATUS</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct HSE_EXEC_URL_STATUS
{
    public ushort uHttpStatusCode;
    public ushort uHttpSubStatus;
    public uint dwWin32Error;
}
