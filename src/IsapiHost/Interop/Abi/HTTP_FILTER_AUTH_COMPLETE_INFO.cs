using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>The headers and the user in AUTH_COMPLETE.</summary>
/// <remarks>HttpFilt.h, <c>HTTP_FILTER_AUTH_COMPLETE_INFO</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HTTP_FILTER_AUTH_COMPLETE_INFO
{
    /// <summary>(context, name with its colon, buffer, size in and out) → BOOL.</summary>
    public delegate* unmanaged[Stdcall]<HTTP_FILTER_CONTEXT*, byte*, void*, uint*, int> GetHeader;

    /// <summary>(context, name, value) → BOOL.</summary>
    public delegate* unmanaged[Stdcall]<HTTP_FILTER_CONTEXT*, byte*, byte*, int> SetHeader;

    /// <summary>(context, name, value) → BOOL.</summary>
    public delegate* unmanaged[Stdcall]<HTTP_FILTER_CONTEXT*, byte*, byte*, int> AddHeader;

    /// <summary>(context, token out) → BOOL.</summary>
    public delegate* unmanaged[Stdcall]<HTTP_FILTER_CONTEXT*, nint*, int> GetUserToken;

    public uint HttpStatus;

    /// <summary>BOOL.</summary>
    public int fResetAuth;

    public uint dwReserved;
}
