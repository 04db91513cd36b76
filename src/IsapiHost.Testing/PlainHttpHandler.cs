using System.Net;

namespace IsapiHost.Testing;

/// <summary>A client side that adds and hides nothing.</summary>
internal static class PlainHttpHandler
{
    public static SocketsHttpHandler Create() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
    };
}
