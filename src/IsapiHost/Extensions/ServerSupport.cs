using IsapiHost.Abi;

namespace IsapiHost.Extensions;

/// <summary>ServerSupportFunction: which request is answered where. Each answer is a Win32 error code, 0 for success.</summary>
internal static partial class ServerSupport
{
    public static uint Call(ExtensionRequest request, uint code, SupportArguments arguments) => code switch
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
        HSE_REQ.CLOSE_CONNECTION => CloseConnection(request),
        HSE_REQ.APPEND_LOG_PARAMETER => AppendLogParameter(request, arguments),
        _ => KnownRequests.Contains(code) ? Win32Error.NOT_SUPPORTED : Win32Error.INVALID_PARAMETER,
    };
}
