using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>The error page that HSE_REQ_SEND_CUSTOM_ERROR asks for.</summary>
/// <remarks>HttpExt.h, <c>HSE_CUSTOM_ERROR_INFO</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HSE_CUSTOM_ERROR_INFO
{
    /// <summary>For example <c>404 Not Found</c>.</summary>
    public byte* pszStatus;

    public ushort uHttpSubError;

    /// <summary>BOOL: whether the completion callback is wanted.</summary>
    public int fAsync;
}
