using IsapiHost.Interop.Abi;

namespace IsapiHost.Filters;

/// <summary>The names of notifications for the log.</summary>
internal static class NotificationName
{
    public static string Of(uint notification) => notification switch
    {
        SF_NOTIFY.READ_RAW_DATA => "READ_RAW_DATA",
        SF_NOTIFY.PREPROC_HEADERS => "PREPROC_HEADERS",
        SF_NOTIFY.URL_MAP => "URL_MAP",
        SF_NOTIFY.AUTHENTICATION => "AUTHENTICATION",
        SF_NOTIFY.AUTH_COMPLETE => "AUTH_COMPLETE",
        SF_NOTIFY.ACCESS_DENIED => "ACCESS_DENIED",
        SF_NOTIFY.SEND_RESPONSE => "SEND_RESPONSE",
        SF_NOTIFY.SEND_RAW_DATA => "SEND_RAW_DATA",
        SF_NOTIFY.END_OF_REQUEST => "END_OF_REQUEST",
        SF_NOTIFY.LOG => "LOG",
        _ => "END_OF_NET_SESSION",
    };
}
