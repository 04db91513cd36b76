using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>What HSE_REQ_SEND_RESPONSE_HEADER_EX sends.</summary>
/// <remarks>HttpExt.h, <c>HSE_SEND_HEADER_EX_INFO</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HSE_SEND_HEADER_EX_INFO
{
    public byte* pszStatus;
    public byte* pszHeader;

    /// <summary>Bytes of <see cref="pszStatus"/>.</summary>
    public uint cchStatus;

    /// <summary>Bytes of <see cref="pszHeader"/>.</summary>
    public uint cchHeader;

    /// <summary>BOOL: any value but 0 asks to keep the connection.</summary>
    public int fKeepConn;
}
