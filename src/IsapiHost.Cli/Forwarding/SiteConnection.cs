using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace IsapiHost.Cli.Forwarding;

/// <summary>How the site is spoken to: as a client that adds and hides nothing.</summary>
internal static class SiteConnection
{
    private static readonly TimeSpan _connectTimeout = TimeSpan.FromSeconds(15);

    // A site that moves to another address is found again.
    private static readonly TimeSpan _lifetime = TimeSpan.FromMinutes(5);

    /// <param name="site">Where it is.</param>
    /// <param name="headerEncoding">Of the request's headers.</param>
    /// <param name="trusted">Whose certificates are believed; null for those that the system trusts.</param>
    public static SocketsHttpHandler CreateHandler(Uri site, Encoding headerEncoding, X509ChainPolicy? trusted)
    {
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = _connectTimeout,
            PooledConnectionLifetime = _lifetime,
            RequestHeaderEncodingSelector = (_, _) => headerEncoding,
            ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        };
        if (site.Scheme == Uri.UriSchemeHttps)
        {
            handler.ConnectCallback = (context, cancellation) => ConnectAsync(site, trusted, context, cancellation);
        }

        return handler;
    }

    // The handler would ask for the certificate of the Host header, which is the client's name for this host, not the site's.
    private static async ValueTask<Stream> ConnectAsync(
        Uri site, X509ChainPolicy? trusted, SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        SslStream? tls = null;
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = site.IdnHost,
                    CertificateChainPolicy = trusted,
                    ApplicationProtocols = context.InitialRequestMessage.Version.Major >= 2
                        ? [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11]
                        : [SslApplicationProtocol.Http11],
                },
                cancellation);
            return tls;
        }
        catch
        {
            if (tls is not null)
            {
                await tls.DisposeAsync();
            }

            socket.Dispose();
            throw;
        }
    }
}
