namespace IsapiHost.Interop.Abi;

/// <summary>Flags of an <see cref="HTTP_TRACE_EVENT"/>.</summary>
/// <remarks>httptrace.h.</remarks>
internal static class HTTP_TRACE_EVENT_FLAG
{
    /// <summary>Names and descriptions outlive the call and need not be copied.</summary>
    public const uint STATIC_DESCRIPTIVE_FIELDS = 0x01;
}
