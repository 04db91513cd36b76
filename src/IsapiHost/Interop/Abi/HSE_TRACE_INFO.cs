using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>What HSE_REQ_GET_TRACE_INFO tells.</summary>
/// <remarks>HttpExt.h, <c>HSE_TRACE_INFO</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HSE_TRACE_INFO
{
    /// <summary>BOOL: whether tracing this request is of use.</summary>
    public int fTraceRequest;

    public fixed byte TraceContextId[16];
    public uint dwReserved1;
    public uint dwReserved2;
}
