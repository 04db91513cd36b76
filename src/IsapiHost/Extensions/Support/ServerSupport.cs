using IsapiHost.Interop;
using IsapiHost.Interop.Abi;

namespace IsapiHost.Extensions.Support;

/// <summary>ServerSupportFunction: which request is answered where. Each answer is a Win32 error code, 0 for success.</summary>
internal static partial class ServerSupport
{
    public static Win32Error Call(ExtensionRequest request, uint code, SupportArguments arguments) => code switch
    {
        HSE_REQ.SEND_RESPONSE_HEADER => SendResponseHeader(request, arguments),
        HSE_REQ.SEND_RESPONSE_HEADER_EX => SendResponseHeaderEx(request, arguments),
        HSE_REQ.SEND_URL_REDIRECT_RESP => SendUrlRedirect(request, arguments),
        HSE_REQ.SEND_URL => SendUrl(request, arguments),
        HSE_REQ.DONE_WITH_SESSION => DoneWithSession(request, arguments),
        HSE_REQ.MAP_URL_TO_PATH => MapUrlToPath(request, arguments),
        HSE_REQ.MAP_URL_TO_PATH_EX => MapUrlToPathEx(request, arguments),
        HSE_REQ.IS_KEEP_CONN => IsKeepConnection(request, arguments),
        HSE_REQ.IS_CONNECTED => IsConnected(request, arguments),
        HSE_REQ.CLOSE_CONNECTION => request.CloseConnection(),
        HSE_REQ.IO_COMPLETION => RegisterCompletion(request, arguments),
        HSE_REQ.ASYNC_READ_CLIENT => ReadClientAsync(request, arguments),
        HSE_REQ.CANCEL_IO => request.CancelOperation(),
        HSE_REQ.TRANSMIT_FILE => TransmitFile(request, arguments),
        HSE_REQ.VECTOR_SEND => VectorSend(request, arguments),
        HSE_REQ.EXEC_URL => ExecUrl(request, arguments),
        HSE_REQ.EXEC_UNICODE_URL => ExecUnicodeUrl(request, arguments),
        HSE_REQ.GET_EXEC_URL_STATUS => GetExecUrlStatus(request, arguments),
        HSE_REQ.SEND_CUSTOM_ERROR => SendCustomError(request, arguments),
        HSE_REQ.SET_FLUSH_FLAG => SetFlushFlag(request, arguments),
        HSE_REQ.APPEND_LOG_PARAMETER => AppendLogParameter(request, arguments),
        HSE_REQ.MAP_UNICODE_URL_TO_PATH => MapUnicodeUrlToPath(request, arguments),
        HSE_REQ.MAP_UNICODE_URL_TO_PATH_EX => MapUnicodeUrlToPathEx(request, arguments),
        HSE_REQ.NORMALIZE_URL => NormalizeUrl(arguments),
        HSE_REQ.IS_IN_PROCESS => IsInProcess(arguments),
        HSE_REQ.REPORT_UNHEALTHY => ReportUnhealthy(request, arguments),
        HSE_REQ.GET_CACHE_INVALIDATION_CALLBACK => GetCacheInvalidationCallback(arguments),
        HSE_REQ.GET_CERT_INFO_EX => GetCertInfoEx(request, arguments),
        HSE_REQ.GET_IMPERSONATION_TOKEN => GetImpersonationToken(request, arguments),
        HSE_REQ.GET_ANONYMOUS_TOKEN or HSE_REQ.GET_UNICODE_ANONYMOUS_TOKEN => GetAnonymousToken(arguments),
        HSE_REQ.GET_TRACE_INFO => GetTraceInfo(request, arguments),
        HSE_REQ.GET_TRACE_INFO_EX => GetTraceInfoEx(request, arguments),
        HSE_REQ.RAISE_TRACE_EVENT => RaiseTraceEvent(request, arguments),

        // Wishes that IIS itself no longer acts upon, and whose callers expect a success.
        HSE_REQ.ABORTIVE_CLOSE or HSE_REQ.REFRESH_ISAPI_ACL => Win32Error.SUCCESS,
        _ => KnownRequests.Contains(code) ? Win32Error.NOT_SUPPORTED : Win32Error.INVALID_PARAMETER,
    };
}
