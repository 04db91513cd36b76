using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>The log entry in LOG; the filter may replace the pointers.</summary>
/// <remarks>HttpFilt.h, <c>HTTP_FILTER_LOG</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HTTP_FILTER_LOG
{
    public byte* pszClientHostName;
    public byte* pszClientUserName;
    public byte* pszServerName;
    public byte* pszOperation;
    public byte* pszTarget;
    public byte* pszParameters;
    public uint dwHttpStatus;
    public uint dwWin32Status;

    /// <summary>Bytes.</summary>
    public uint dwBytesSent;

    /// <summary>Bytes.</summary>
    public uint dwBytesRecvd;

    /// <summary>Milliseconds.</summary>
    public uint msTimeForProcessing;
}
