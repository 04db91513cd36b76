namespace IsapiHost.Interop.Abi;

/// <summary>Requests of ServerSupportFunction.</summary>
/// <remarks>HttpExt.h.</remarks>
internal static class HSE_REQ
{
    public const uint BASE = 0;
    public const uint SEND_URL_REDIRECT_RESP = 1;
    public const uint SEND_URL = 2;
    public const uint SEND_RESPONSE_HEADER = 3;
    public const uint DONE_WITH_SESSION = 4;

    /// <summary>The requests of the first version are below, all later ones above.</summary>
    public const uint END_RESERVED = 1000;

    public const uint MAP_URL_TO_PATH = 1001;
    public const uint GET_SSPI_INFO = 1002;

    /// <summary>The native name is HSE_APPEND_LOG_PARAMETER, without REQ.</summary>
    public const uint APPEND_LOG_PARAMETER = 1003;

    public const uint IO_COMPLETION = 1005;
    public const uint TRANSMIT_FILE = 1006;
    public const uint REFRESH_ISAPI_ACL = 1007;
    public const uint IS_KEEP_CONN = 1008;
    public const uint ASYNC_READ_CLIENT = 1010;
    public const uint GET_IMPERSONATION_TOKEN = 1011;
    public const uint MAP_URL_TO_PATH_EX = 1012;
    public const uint ABORTIVE_CLOSE = 1014;
    public const uint GET_CERT_INFO_EX = 1015;
    public const uint SEND_RESPONSE_HEADER_EX = 1016;
    public const uint CLOSE_CONNECTION = 1017;
    public const uint IS_CONNECTED = 1018;
    public const uint MAP_UNICODE_URL_TO_PATH = 1023;
    public const uint MAP_UNICODE_URL_TO_PATH_EX = 1024;
    public const uint EXEC_UNICODE_URL = 1025;
    public const uint EXEC_URL = 1026;
    public const uint GET_EXEC_URL_STATUS = 1027;
    public const uint SEND_CUSTOM_ERROR = 1028;
    public const uint IS_IN_PROCESS = 1030;
    public const uint REPORT_UNHEALTHY = 1032;
    public const uint NORMALIZE_URL = 1033;
    public const uint VECTOR_SEND = 1037;
    public const uint GET_ANONYMOUS_TOKEN = 1038;
    public const uint GET_CACHE_INVALIDATION_CALLBACK = 1040;
    public const uint GET_UNICODE_ANONYMOUS_TOKEN = 1041;
    public const uint GET_TRACE_INFO = 1042;
    public const uint SET_FLUSH_FLAG = 1043;
    public const uint GET_TRACE_INFO_EX = 1044;
    public const uint RAISE_TRACE_EVENT = 1045;
    public const uint GET_CONFIG_OBJECT = 1046;
    public const uint GET_WORKER_PROCESS_SETTINGS = 1047;
    public const uint GET_PROTOCOL_MANAGER_CUSTOM_INTERFACE_CALLBACK = 1048;
    public const uint CANCEL_IO = 1049;
    public const uint GET_CHANNEL_BINDING_TOKEN = 1050;
}
