using System.Net;
using System.Text;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Mapping;
using IsapiHost.Responses;
using IsapiHost.Responses.Heads;
using IsapiHost.Tracing;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Extensions.Support;

/// <summary>Response heads and redirects.</summary>
internal static class HeadRequests
{
    public static SupportRequest[] All { get; } =
    [
        new ActionRequest<HeadArguments>(HSE_REQ.SEND_RESPONSE_HEADER, nameof(HSE_REQ.SEND_RESPONSE_HEADER))
        {
            Decode = DecodeHead,
            Handle = SendHead,
            Describe = DescribeHead,
        },
        new ActionRequest<HeadArguments>(HSE_REQ.SEND_RESPONSE_HEADER_EX, nameof(HSE_REQ.SEND_RESPONSE_HEADER_EX))
        {
            Decode = DecodeHeadEx,
            Handle = SendHead,
            Describe = DescribeHead,
        },
        new ActionRequest<string>(HSE_REQ.SEND_URL_REDIRECT_RESP, nameof(HSE_REQ.SEND_URL_REDIRECT_RESP))
        {
            Decode = DecodeUrl,
            Handle = static (request, url) => url.Length == 0 ? new(Win32Error.INVALID_PARAMETER) : Redirect(request, url),
            Describe = static (url, _) => DisplayFormatter.Text(url),
        },
        new ActionRequest<string>(HSE_REQ.SEND_URL, nameof(HSE_REQ.SEND_URL))
        {
            Decode = DecodeUrl,
            Handle = SendUrl,
            Describe = static (url, _) => DisplayFormatter.Text(url),
        },
    ];

    /// <summary>A head of the request's module, from the text that it gave.</summary>
    public static ResponseHead Parse(
        ExtensionRequest request, ReadOnlySpan<byte> status, ReadOnlySpan<byte> headers, out int bodyOffset, out HeadTermination end) =>
        ResponseHeadCache.Of(request.Module).Parse(status, headers, request.FallbackStatus, out bodyOffset, out end);

    // lpdwSize has no meaning here and is garbage or NULL; the headers come in lpdwDataType.
    private static unsafe bool DecodeHead(SupportPointers pointers, ExtensionRequest request, out HeadArguments arguments)
    {
        var headers = (byte*)pointers.DataType;
        arguments = new HeadArguments
        {
            Status = NativeString.Read((byte*)pointers.Buffer, NativeString.MaxText),
            Headers = new CallerMemory(headers, NativeString.Read(headers, NativeString.MaxHead).Length),
        };
        return true;
    }

    private static unsafe bool DecodeHeadEx(SupportPointers pointers, ExtensionRequest request, out HeadArguments arguments)
    {
        arguments = default;
        var info = (HSE_SEND_HEADER_EX_INFO*)pointers.Buffer;
        if (info is null)
        {
            return false;
        }

        arguments = new HeadArguments
        {
            Status = NativeString.Read(info->pszStatus, info->cchStatus, NativeString.MaxText),
            Headers = new CallerMemory(info->pszHeader, NativeString.Read(info->pszHeader, info->cchHeader, int.MaxValue).Length),
            KeepConnection = info->fKeepConn != 0,
        };
        return true;
    }

    // lpdwSize is optional (WebBroker passes NULL) and may or may not count the NUL, or be 0 although there is a URL.
    private static unsafe bool DecodeUrl(SupportPointers pointers, ExtensionRequest request, out string url)
    {
        var size = pointers.Size is null ? 0 : *pointers.Size;
        url = request.Host.Site.AnsiEncoding.GetString(NativeString.Read((byte*)pointers.Buffer, size, NativeString.MaxUrl));
        return pointers.Buffer is not null;
    }

    private static string DescribeHead(HeadArguments arguments, SentDataFormatter sent) =>
        $"{DisplayFormatter.Text(arguments.Status)}, {sent.Head(arguments.Headers.Span)}{(arguments.KeepConnection ? ", keep the connection" : "")}";

    private static ValueTask<Win32Error> SendHead(ExtensionRequest request, HeadArguments arguments)
    {
        var response = request.Response;
        var head = Parse(request, arguments.Status, arguments.Headers.Span, out var bodyOffset, out var end);
        if (head.Faults != ResponseHeadFaults.None)
        {
            request.Observer.Found(ViolationRule.HeadMalformed, head.Faults.ToString());
        }

        if (response.IsEnded || response.HasOutput)
        {
            request.Observer.Found(response.IsEnded ? ViolationRule.WriteAfterFinalSend : ViolationRule.HeadSentTwice);
        }

        var sent = response.SendHeadAsync(head, end, arguments.Headers.Slice(bodyOffset));
        return arguments.KeepConnection || !request.Host.ResponseSettings.StrictKeepConnection ? sent : CloseAfterAsync(response, sent);

        // Static: what a local function captures would be allocated for every head.
        static async ValueTask<Win32Error> CloseAfterAsync(ResponseWriter response, ValueTask<Win32Error> sent)
        {
            var error = await sent;
            if (error == Win32Error.SUCCESS)
            {
                response.WantClose();
            }

            return error;
        }
    }

    private static ValueTask<Win32Error> SendUrl(ExtensionRequest request, string url)
    {
        if (url.Length == 0)
        {
            return new(Win32Error.INVALID_PARAMETER);
        }

        if (!url.StartsWith('/') || url.StartsWith("//", StringComparison.Ordinal))
        {
            return Redirect(request, url);
        }

        if (request.Response.HasOutput || request.SendUrl is not null || LocalUrl.TryParse(url, request.View.Site.UrlDecoder) is not { } local)
        {
            return new(Win32Error.INVALID_PARAMETER);
        }

        // Sent when the extension has returned: the URL may lead back to it. Nothing it writes after this is sent.
        request.SendUrl = local;
        request.Response.End();
        return new(Win32Error.SUCCESS);
    }

    private static ValueTask<Win32Error> Redirect(ExtensionRequest request, string url)
    {
        var body = "<head><title>Document Moved</title></head>\n"
            + $"<body><h1>Object Moved</h1>This document may be found <a HREF=\"{WebUtility.HtmlEncode(url)}\">here</a></body>";
        return request.Response.SendHeadAsync(RedirectHead(url), Encoding.UTF8.GetBytes(body));
    }

    private static ResponseHead RedirectHead(string url) => ResponseHeadParser.Parse(
        "302 Found"u8,
        Encoding.Latin1.GetBytes($"Location: {UrlText.Escape(url)}\r\nContent-Type: text/html\r\n\r\n"),
        StatusCodes.Status302Found,
        out _,
        out _);
}
