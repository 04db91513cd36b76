using System.Net;

namespace IsapiHost.Testing.Sending;

/// <summary>A client side that adds and hides nothing.</summary>
internal static class PlainHttpHandler
{
    public static SocketsHttpHandler Create(ServerTrust trust)
    {
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
        };
        trust.ApplyTo(handler.SslOptions);
        return handler;
    }
}
