using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>Whether a provider is listened to: HSE_REQ_GET_TRACE_INFO_EX.</summary>
/// <remarks>httptrace.h, <c>HTTP_TRACE_CONFIGURATION</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HTTP_TRACE_CONFIGURATION
{
    /// <summary>Set by the extension.</summary>
    public Guid* pProviderGuid;

    public uint dwAreas;
    public uint dwVerbosity;

    /// <summary>BOOL.</summary>
    public int fProviderEnabled;
}
