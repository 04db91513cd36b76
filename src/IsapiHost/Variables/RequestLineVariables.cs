using IsapiHost.Mapping;
using IsapiHost.Requests;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Variables;

/// <summary>Method, URL as it was sent, query and protocol.</summary>
internal static class RequestLineVariables
{
    public static Dictionary<string, VariableSource> All { get; } = new()
    {
        ["REQUEST_METHOD"] = WriteMethod,
        ["HTTP_METHOD"] = WriteMethod,
        ["QUERY_STRING"] = WriteQueryString,
        ["HTTP_URL"] = WriteTarget,
        ["UNENCODED_URL"] = WriteOriginalTarget,
        ["ORIGINAL_URL"] = WriteOriginalTarget,
        ["REQUEST_URI"] = static (view, ref writer) => writer.AppendHeader(RequestTarget.WithoutQuery(RequestTarget.Of(view.Context))),
        ["SERVER_PROTOCOL"] = WriteProtocol,
        ["HTTP_VERSION"] = WriteProtocol,
        ["CACHE_URL"] = WriteCacheUrl,
    };

    private static void WriteMethod(RequestView view, ref VariableWriter writer) => writer.AppendHeader(view.Context.Request.Method);

    private static void WriteTarget(RequestView view, ref VariableWriter writer) => writer.AppendHeader(RequestTarget.Of(view.Context));

    // What the client sent, also where a filter has rewritten the URL since.
    private static void WriteOriginalTarget(RequestView view, ref VariableWriter writer)
    {
        if (view.Context.Features.Get<OriginalRequestLine>() is { } original)
        {
            writer.AppendHeader(original.Url);
        }
        else
        {
            WriteTarget(view, ref writer);
        }
    }

    private static void WriteQueryString(RequestView view, ref VariableWriter writer)
    {
        var query = view.Context.Request.QueryString;

        if (query.HasValue)
        {
            writer.AppendHeader(query.Value.AsSpan(1));
        }
    }

    // Programs parse "HTTP/<digit>.<digit>", and some send no head at all when this is empty.
    private static void WriteProtocol(RequestView view, ref VariableWriter writer)
    {
        var protocol = view.Context.Request.Protocol;

        if (HttpProtocol.IsHttp2(protocol))
        {
            writer.AppendAscii("HTTP/2.0"u8);
        }
        else if (HttpProtocol.IsHttp3(protocol))
        {
            writer.AppendAscii("HTTP/3.0"u8);
        }
        else if (string.IsNullOrEmpty(protocol))
        {
            writer.AppendAscii("HTTP/1.1"u8);
        }
        else
        {
            writer.AppendHeader(protocol);
        }
    }

    // One name for one resource: scheme, name and port as the client used them, then the target.
    private static void WriteCacheUrl(RequestView view, ref VariableWriter writer)
    {
        writer.AppendAscii(view.Context.Request.IsHttps ? "https://"u8 : "http://"u8);
        ConnectionVariables.WriteServerName(view, ref writer);
        writer.AppendAscii(":"u8);
        ConnectionVariables.WriteServerPort(view, ref writer);
        writer.AppendHeader(RequestTarget.Of(view.Context));
    }
}
