namespace IsapiHost.Interop.Abi;

/// <summary>How the bytes of an <see cref="HTTP_TRACE_EVENT_ITEM"/> are to be read.</summary>
/// <remarks>httptrace.h.</remarks>
internal static class HTTP_TRACE_TYPE
{
    public const uint SHORT = 2;
    public const uint LONG = 3;
    public const uint BOOL = 11;
    public const uint CHAR = 16;
    public const uint BYTE = 17;
    public const uint USHORT = 18;
    public const uint ULONG = 19;
    public const uint LONGLONG = 20;
    public const uint ULONGLONG = 21;
    public const uint LPCSTR = 30;
    public const uint LPCWSTR = 31;
    public const uint LPCGUID = 72;
}
