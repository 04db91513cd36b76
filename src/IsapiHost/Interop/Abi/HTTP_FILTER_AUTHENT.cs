using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>The credentials in AUTHENTICATION; the filter may change them in place.</summary>
/// <remarks>HttpFilt.h, <c>HTTP_FILTER_AUTHENT</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HTTP_FILTER_AUTHENT
{
    public byte* pszUser;

    /// <summary>Bytes at <see cref="pszUser"/>.</summary>
    public uint cbUserBuff;

    public byte* pszPassword;

    /// <summary>Bytes at <see cref="pszPassword"/>.</summary>
    public uint cbPasswordBuff;
}
