using System.Text;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Mapping;
using IsapiHost.Responses.Heads;
using IsapiHost.Tracing;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Extensions.Support;

/// <content>Response heads and redirects.</content>
internal static unsafe partial class ServerSupport
{
    private static Win32Error SendResponseHeader(ExtensionRequest request, SupportArguments arguments)
    {
        // lpdwSize has no meaning here and is garbage or NULL; the headers come in lpdwDataType.
        var status = NativeString.Read((byte*)arguments.Buffer, NativeString.MaxText);
        var headers = (byte*)arguments.DataType;
        return SendHead(request, status, headers, NativeString.Read(headers, NativeString.MaxHead).Length, keepConnection: false);
    }

    private static Win32Error SendResponseHeaderEx(ExtensionRequest request, SupportArguments arguments)
    {
        var info = (HSE_SEND_HEADER_EX_INFO*)arguments.Buffer;
        if (info is null)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        var status = NativeString.Read(info->pszStatus, info->cchStatus, NativeString.MaxText);
        var headers = NativeString.Read(info->pszHeader, info->cchHeader, int.MaxValue);
        return SendHead(request, status, info->pszHeader, headers.Length, info->fKeepConn != 0);
    }

    private static Win32Error SendHead(ExtensionRequest request, ReadOnlySpan<byte> status, byte* headers, int count, bool keepConnection)
    {
        var head = ParseHead(request, status, new ReadOnlySpan<byte>(headers, count), out var bodyOffset, out var end);
        if (request.Trace is { } trace)
        {
            if (head.Faults != ResponseHeadFaults.None)
            {
                trace.Add(ViolationRule.HeadMalformed, head.Faults.ToString());
            }

            if (request.Response.IsEnded || request.Response.HasOutput)
            {
                trace.Add(request.Response.IsEnded ? ViolationRule.WriteAfterFinalSend : ViolationRule.HeadSentTwice);
            }
        }

        var error = request.Response.SendHead(head, end, (nint)(headers + bodyOffset), count - bodyOffset);
        if (error == Win32Error.SUCCESS && !keepConnection && request.Host.ResponseSettings.StrictKeepConnection)
        {
            request.Response.WantClose();
        }

        return error;
    }

    private static Win32Error SendUrlRedirect(ExtensionRequest request, SupportArguments arguments)
    {
        var url = ReadUrl(request, arguments);
        return url.Length == 0 ? Win32Error.INVALID_PARAMETER : Redirect(request, url);
    }

    private static Win32Error SendUrl(ExtensionRequest request, SupportArguments arguments)
    {
        var url = ReadUrl(request, arguments);
        if (url.Length == 0)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        if (!url.StartsWith('/') || url.StartsWith("//", StringComparison.Ordinal))
        {
            return Redirect(request, url);
        }

        if (request.Response.HasOutput || request.SendUrl is not null || LocalUrl.TryParse(url, request.View.Site.UrlDecoder) is not { } local)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        // Answered when the extension has returned: the URL may lead back to it. Nothing it writes after this is sent.
        request.SendUrl = local;
        request.Response.End();
        return Win32Error.SUCCESS;
    }

    private static Win32Error Redirect(ExtensionRequest request, string url)
    {
        var body = $"<head><title>Document Moved</title></head>\n<body><h1>Object Moved</h1>This document may be found <a HREF=\"{HtmlEncode(url)}\">here</a></body>";
        var bytes = Encoding.UTF8.GetBytes(body);
        var head = RedirectHead(url);
        fixed (byte* start = bytes)
        {
            return request.Response.SendHead(head, HeadTermination.BlankLine, (nint)start, bytes.Length);
        }
    }

    private static ResponseHead RedirectHead(string url) =>
        ResponseHeadParser.Parse("302 Found"u8, Encoding.Latin1.GetBytes($"Location: {UrlText.Escape(url)}\r\nContent-Type: text/html\r\n\r\n"), StatusCodes.Status302Found, out _, out _);

    private static string HtmlEncode(string text) => System.Net.WebUtility.HtmlEncode(text);

    // lpdwSize is optional (WebBroker passes NULL) and may or may not count the NUL.
    private static string ReadUrl(ExtensionRequest request, SupportArguments arguments)
    {
        var text = arguments.Size is null
            ? NativeString.Read((byte*)arguments.Buffer, NativeString.MaxUrl)
            : NativeString.Read((byte*)arguments.Buffer, *arguments.Size, NativeString.MaxUrl);
        return request.Host.Site.AnsiEncoding.GetString(text);
    }
}
