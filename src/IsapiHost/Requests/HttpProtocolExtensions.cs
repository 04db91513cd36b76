using Microsoft.AspNetCore.Http;

namespace IsapiHost.Requests;

/// <summary>What the version of HTTP says about a request's connection: one request at a time, or streams.</summary>
internal static class HttpProtocolExtensions
{
    /// <summary>HTTP/1.0 and 1.1: the connection carries one request at a time, and headers speak about it.</summary>
    public static bool IsHttp1(this HttpRequest request) => HttpProtocol.IsHttp11(request.Protocol) || HttpProtocol.IsHttp10(request.Protocol);

    /// <summary>Whether the client reads chunks: not on HTTP/1.0, and on HTTP/2 and later there are none.</summary>
    public static bool TakesChunks(this HttpRequest request) => HttpProtocol.IsHttp11(request.Protocol);
}
