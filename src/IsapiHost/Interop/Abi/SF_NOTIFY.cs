namespace IsapiHost.Interop.Abi;

/// <summary>Events, and the connections and the priority for which a filter registers.</summary>
/// <remarks>HttpFilt.h.</remarks>
internal static class SF_NOTIFY
{
    public const uint SECURE_PORT = 0x00000001;
    public const uint NONSECURE_PORT = 0x00000002;
    public const uint SEND_RESPONSE = 0x00000040;
    public const uint END_OF_REQUEST = 0x00000080;
    public const uint END_OF_NET_SESSION = 0x00000100;
    public const uint LOG = 0x00000200;
    public const uint SEND_RAW_DATA = 0x00000400;
    public const uint ACCESS_DENIED = 0x00000800;
    public const uint URL_MAP = 0x00001000;
    public const uint AUTHENTICATION = 0x00002000;
    public const uint PREPROC_HEADERS = 0x00004000;
    public const uint READ_RAW_DATA = 0x00008000;
    public const uint ORDER_LOW = 0x00020000;
    public const uint ORDER_MEDIUM = 0x00040000;
    public const uint ORDER_HIGH = 0x00080000;
    public const uint ORDER_DEFAULT = ORDER_LOW;
    public const uint ORDER_MASK = 0x000E0000;
    public const uint AUTH_COMPLETE = 0x04000000;
}
