using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>The child request of HSE_REQ_EXEC_UNICODE_URL; only the URL is wide. A null member is taken from the parent.</summary>
/// <remarks>HttpExt.h, <c>HSE_EXEC_UNICODE_URL_INFO</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HSE_EXEC_UNICODE_URL_INFO
{
    public ushort* pszUrl;
    public byte* pszMethod;

    /// <summary>Replaces all headers of the parent; lines end in CR LF.</summary>
    public byte* pszChildHeaders;

    public HSE_EXEC_UNICODE_URL_USER_INFO* pUserInfo;
    public HSE_EXEC_URL_ENTITY_INFO* pEntity;

    /// <summary><see cref="HSE_EXEC_URL"/>.</summary>
    public uint dwExecUrlFlags;
}
