using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>The user of a child request.</summary>
/// <remarks>HttpExt.h, <c>HSE_EXEC_URL_USER_INFO</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HSE_EXEC_URL_USER_INFO
{
    public nint hImpersonationToken;
    public byte* pszCustomUserName;
    public byte* pszCustomAuthType;
}
