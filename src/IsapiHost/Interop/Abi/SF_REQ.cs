namespace IsapiHost.Interop.Abi;

/// <summary>Requests of a filter's ServerSupportFunction: <c>enum SF_REQ_TYPE</c>.</summary>
/// <remarks>HttpFilt.h.</remarks>
internal static class SF_REQ
{
    public const uint SEND_RESPONSE_HEADER = 0;
    public const uint ADD_HEADERS_ON_DENIAL = 1;
    public const uint SET_NEXT_READ_SIZE = 2;
    public const uint SET_PROXY_INFO = 3;
    public const uint GET_CONNID = 4;
    public const uint SET_CERTIFICATE_INFO = 5;
    public const uint GET_PROPERTY = 6;
    public const uint NORMALIZE_URL = 7;
    public const uint DISABLE_NOTIFICATIONS = 8;
}
