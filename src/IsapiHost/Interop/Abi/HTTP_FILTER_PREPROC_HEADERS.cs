using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>The headers in PREPROC_HEADERS and, as HTTP_FILTER_SEND_RESPONSE, in SEND_RESPONSE.</summary>
/// <remarks>HttpFilt.h, <c>HTTP_FILTER_PREPROC_HEADERS</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HTTP_FILTER_PREPROC_HEADERS
{
    /// <summary>(context, name with its colon, buffer, size in and out) → BOOL.</summary>
    public delegate* unmanaged[Stdcall]<HTTP_FILTER_CONTEXT*, byte*, void*, uint*, int> GetHeader;

    /// <summary>(context, name, value) → BOOL.</summary>
    public delegate* unmanaged[Stdcall]<HTTP_FILTER_CONTEXT*, byte*, byte*, int> SetHeader;

    /// <summary>(context, name, value) → BOOL.</summary>
    public delegate* unmanaged[Stdcall]<HTTP_FILTER_CONTEXT*, byte*, byte*, int> AddHeader;

    /// <summary>Set in SEND_RESPONSE only.</summary>
    public uint HttpStatus;

    public uint dwReserved;
}
