namespace IsapiHost.Interop.Abi;

/// <summary>Verbosity levels above the five of Event Tracing for Windows.</summary>
/// <remarks>httptrace.h.</remarks>
internal static class HTTP_TRACE_LEVEL
{
    public const uint START = 6;
    public const uint END = 7;
}
