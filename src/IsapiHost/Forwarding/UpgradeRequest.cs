using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Forwarding;

/// <summary>
/// A client's wish to go on in another protocol, such as WebSocket. In HTTP/1.1 that is a header; in HTTP/2 a CONNECT (RFC 8441),
/// which the site gets as the HTTP/1.1 request of the same meaning.
/// </summary>
internal sealed class UpgradeRequest
{
    // RFC 6455, 1.3.
    private const string WebSocketGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private readonly HttpContext _context;
    private readonly string _protocol;
    private readonly string? _key;

    private UpgradeRequest(HttpContext context, string protocol, string? key)
    {
        _context = context;
        _protocol = protocol;
        _key = key;
    }

    /// <summary>The method at the site: of a CONNECT, GET.</summary>
    public HttpMethod Method => _key is null ? HttpMethod.Parse(_context.Request.Method) : HttpMethod.Get;

    /// <summary>The wish of a request, or null. HTTP/2 without TLS (h2c) concerns the connection to this host only, and is not passed on.</summary>
    public static UpgradeRequest? Of(HttpContext context)
    {
        if (context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" })
        {
            return new UpgradeRequest(context, "websocket", Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)));
        }

        var protocol = context.Request.Headers.Upgrade.ToString();
        return context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
            && protocol.Length > 0 && !protocol.AsSpan().ContainsAny('\r', '\n', '\0') && !HopByHopHeaders.HasToken(protocol, "h2c")
            ? new UpgradeRequest(context, protocol, null)
            : null;
    }

    /// <summary>Asks the site.</summary>
    public void AddTo(HttpRequestHeaders headers)
    {
        headers.TryAddWithoutValidation("Connection", "Upgrade");
        headers.TryAddWithoutValidation("Upgrade", _protocol);
        if (_key is not null)
        {
            headers.Remove("Sec-WebSocket-Key");
            headers.TryAddWithoutValidation("Sec-WebSocket-Key", _key);
        }
    }

    /// <summary>Whether the site's 101 answers this request.</summary>
    public bool IsAnsweredBy(HttpResponseMessage response) =>
        _key is null
        || (response.Headers.NonValidated.TryGetValues("Sec-WebSocket-Accept", out var accept) && accept.ToString() == Accept(_key));

    /// <summary>Tells the client that the site agreed, and gives the stream of its connection.</summary>
    public async ValueTask<Stream> AcceptAsync(HttpResponseMessage response)
    {
        if (_key is null)
        {
            _context.Response.Headers.Upgrade = response.Headers.Upgrade.ToString();
            return await _context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        }

        // The handshake by key is HTTP/1.1's.
        _context.Response.Headers.Remove("Sec-WebSocket-Accept");
        _context.Response.StatusCode = StatusCodes.Status200OK;
        return await _context.Features.GetRequiredFeature<IHttpExtendedConnectFeature>().AcceptAsync();
    }

    // The protocol prescribes SHA-1; nothing is kept secret by it.
#pragma warning disable CA5350 // As said above.
    private static string Accept(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + WebSocketGuid)));
#pragma warning restore CA5350
}
