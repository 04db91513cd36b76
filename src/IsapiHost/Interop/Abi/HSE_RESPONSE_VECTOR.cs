using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>What HSE_REQ_VECTOR_SEND sends.</summary>
/// <remarks>HttpExt.h, <c>HSE_RESPONSE_VECTOR</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HSE_RESPONSE_VECTOR
{
    /// <summary><see cref="HSE_IO"/>.</summary>
    public uint dwFlags;

    public byte* pszStatus;
    public byte* pszHeaders;
    public uint nElementCount;
    public HSE_VECTOR_ELEMENT* lpElementArray;
}
