using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>One filter on one connection: 72 bytes on 64 bits, 44 on 32.</summary>
/// <remarks>HttpFilt.h, <c>HTTP_FILTER_CONTEXT</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HTTP_FILTER_CONTEXT
{
    /// <summary>The size of this structure in bytes.</summary>
    public uint cbSize;

    /// <summary>The revision of the host's interface.</summary>
    public uint Revision;

    /// <summary>The host's.</summary>
    public void* ServerContext;

    /// <summary>The host's.</summary>
    public uint ulReserved;

    /// <summary>BOOL.</summary>
    public int fIsSecurePort;

    /// <summary>The filter's, for as long as the connection lives.</summary>
    public void* pFilterContext;

    /// <summary>(context, name, buffer, size in and out) → BOOL.</summary>
    public delegate* unmanaged[Stdcall]<HTTP_FILTER_CONTEXT*, byte*, void*, uint*, int> GetServerVariable;

    /// <summary>(context, header lines, reserved) → BOOL.</summary>
    public delegate* unmanaged[Stdcall]<HTTP_FILTER_CONTEXT*, byte*, uint, int> AddResponseHeaders;

    /// <summary>(context, buffer, byte count in and out, reserved) → BOOL.</summary>
    public delegate* unmanaged[Stdcall]<HTTP_FILTER_CONTEXT*, void*, uint*, uint, int> WriteClient;

    /// <summary>(context, bytes, reserved) → memory that lives as long as the connection, or null.</summary>
    public delegate* unmanaged[Stdcall]<HTTP_FILTER_CONTEXT*, uint, uint, void*> AllocMem;

    /// <summary>(context, SF_REQ, data, two pointer-sized arguments) → BOOL.</summary>
    public delegate* unmanaged[Stdcall]<HTTP_FILTER_CONTEXT*, uint, void*, nuint, nuint, int> ServerSupportFunction;
}
