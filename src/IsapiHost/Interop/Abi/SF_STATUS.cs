namespace IsapiHost.Interop.Abi;

/// <summary>What HttpFilterProc returns: <c>enum SF_STATUS_TYPE</c>.</summary>
/// <remarks>HttpFilt.h.</remarks>
internal static class SF_STATUS
{
    public const uint REQ_FINISHED = 0x08000000;
    public const uint REQ_FINISHED_KEEP_CONN = 0x08000001;
    public const uint REQ_NEXT_NOTIFICATION = 0x08000002;
    public const uint REQ_HANDLED_NOTIFICATION = 0x08000003;
    public const uint REQ_ERROR = 0x08000004;
    public const uint REQ_READ_NEXT = 0x08000005;
}
