using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Cli.Forwarding;

/// <summary>
/// A client's wish to go on in another protocol. YARP forwards WebSocket, over HTTP/1.1 and HTTP/2; other protocols, which HTTP/1.1 lets
/// a client name in <c>Upgrade</c>, are added here.
/// </summary>
internal static class UpgradeRequest
{
    private const string WebSocket = "websocket";

    /// <summary>
    /// Whether the client asks. HTTP/2 without TLS (h2c) concerns the connection to this host only, and is not passed on.
    /// </summary>
    public static bool IsOne(HttpContext context)
    {
        if (IsWebSocketOverHttp2(context))
        {
            return true;
        }

        var protocol = context.Request.Headers.Upgrade.ToString();
        return context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
            && protocol.Length > 0 && !protocol.AsSpan().ContainsAny('\r', '\n', '\0') && !HopByHopHeaders.HasToken(protocol, "h2c");
    }

    /// <summary>Asks the site for what YARP does not ask for.</summary>
    public static void AddTo(HttpRequestMessage request, HttpContext context)
    {
        var protocol = context.Request.Headers.Upgrade.ToString();
        if (IsWebSocketOverHttp2(context) || protocol.Equals(WebSocket, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        request.Version = HttpVersion.Version11;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", protocol);
    }

    private static bool IsWebSocketOverHttp2(HttpContext context) =>
        context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: WebSocket };
}
