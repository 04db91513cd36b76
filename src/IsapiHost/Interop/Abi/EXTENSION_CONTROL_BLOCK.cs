using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>One request as an extension sees it: 192 bytes on 64 bits, 144 on 32.</summary>
/// <remarks>HttpExt.h, <c>EXTENSION_CONTROL_BLOCK</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct EXTENSION_CONTROL_BLOCK
{
    /// <summary>The size of this structure in bytes.</summary>
    public uint cbSize;

    /// <summary>The version of the server's interface: high word major, low word minor.</summary>
    public uint dwVersion;

    /// <summary>Opaque to the extension, never zero, passed back with each call.</summary>
    public nint ConnID;

    /// <summary>Set by the extension: the status for the log.</summary>
    public uint dwHttpStatusCode;

    /// <summary>Set by the extension: a text for the log; it may lack its NUL.</summary>
    public fixed byte lpszLogData[HSE.LOG_BUFFER_LEN];

    public byte* lpszMethod;

    /// <summary>The text after the question mark, not decoded.</summary>
    public byte* lpszQueryString;

    public byte* lpszPathInfo;
    public byte* lpszPathTranslated;

    /// <summary>Bytes of the whole body; 0xFFFFFFFF is unknown, or too many for 32 bits.</summary>
    public uint cbTotalBytes;

    /// <summary>Bytes of the body at <see cref="lpbData"/>.</summary>
    public uint cbAvailable;

    /// <summary>The start of the body, followed by a NUL.</summary>
    public byte* lpbData;

    public byte* lpszContentType;

    /// <summary>(ConnID, name, buffer, size in and out) → BOOL.</summary>
    public delegate* unmanaged[Stdcall]<nint, byte*, void*, uint*, int> GetServerVariable;

    /// <summary>(ConnID, buffer, byte count in and out, HSE_IO flags) → BOOL.</summary>
    public delegate* unmanaged[Stdcall]<nint, void*, uint*, uint, int> WriteClient;

    /// <summary>(ConnID, buffer, byte count in and out) → BOOL.</summary>
    public delegate* unmanaged[Stdcall]<nint, void*, uint*, int> ReadClient;

    /// <summary>(ConnID, HSE_REQ, buffer, size, data type) → BOOL.</summary>
    public delegate* unmanaged[Stdcall]<nint, uint, void*, uint*, uint*, int> ServerSupportFunction;
}
