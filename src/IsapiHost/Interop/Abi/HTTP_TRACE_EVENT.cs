using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>An event that an extension raises with HSE_REQ_RAISE_TRACE_EVENT.</summary>
/// <remarks>httptrace.h, <c>HTTP_TRACE_EVENT</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HTTP_TRACE_EVENT
{
    public Guid* pProviderGuid;
    public uint dwArea;
    public Guid* pAreaGuid;
    public uint dwEvent;
    public ushort* pszEventName;
    public uint dwEventVersion;
    public uint dwVerbosity;
    public Guid* pActivityGuid;
    public Guid* pRelatedActivityGuid;
    public uint dwTimeStamp;

    /// <summary><see cref="HTTP_TRACE_EVENT_FLAG"/>.</summary>
    public uint dwFlags;

    /// <summary>At most 16.</summary>
    public uint cEventItems;

    public HTTP_TRACE_EVENT_ITEM* pEventItems;
}
