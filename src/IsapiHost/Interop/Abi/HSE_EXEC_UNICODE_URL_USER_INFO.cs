using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>The user of a child request.</summary>
/// <remarks>HttpExt.h, <c>HSE_EXEC_UNICODE_URL_USER_INFO</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HSE_EXEC_UNICODE_URL_USER_INFO
{
    public nint hImpersonationToken;
    public ushort* pszCustomUserName;
    public byte* pszCustomAuthType;
}
