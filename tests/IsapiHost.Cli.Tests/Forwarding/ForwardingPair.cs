using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using IsapiHost.Cli.Forwarding;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace IsapiHost.Cli.Tests.Forwarding;

/// <summary>A site and a forwarder in front of it, both on loopback, and a client of the forwarder.</summary>
internal sealed class ForwardingPair : IAsyncDisposable
{
    private readonly WebApplication? _site;
    private readonly WebApplication _front;

    private ForwardingPair(WebApplication? site, WebApplication front, HttpProtocols protocols)
    {
        _site = site;
        _front = front;
        Front = new Uri(front.Urls.First());
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
        {
            BaseAddress = Front,
            DefaultRequestVersion = protocols == HttpProtocols.Http2 ? HttpVersion.Version20 : HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }

    public Uri Front { get; }

    public Uri Site => new(_site!.Urls.First());

    public HttpClient Client { get; }

    /// <summary>Starts both.</summary>
    /// <param name="site">What the site answers.</param>
    /// <param name="options">Of the forwarder.</param>
    /// <param name="protocols">What the forwarder speaks with its client.</param>
    /// <param name="before">What is done to a request before the forwarder gets it, as a filter would.</param>
    public static async Task<ForwardingPair> StartAsync(
        RequestDelegate site,
        Action<ForwardOptions>? options = null,
        HttpProtocols protocols = HttpProtocols.Http1,
        Action<HttpContext>? before = null)
    {
        var behind = Create(HttpProtocols.Http1, _ => { });
        behind.UseWebSockets();
        behind.Run(site);
        await behind.StartAsync();
        return await StartFrontAsync(new Uri(behind.Urls.First()), behind, options, protocols, before);
    }

    /// <summary>Starts a site on https and a forwarder that knows it as localhost.</summary>
    public static async Task<ForwardingPair> StartSecureAsync(RequestDelegate site, X509Certificate2 certificate, Action<ForwardOptions>? options = null)
    {
        var behind = Create(HttpProtocols.Http1AndHttp2, _ => { }, certificate);
        behind.Run(site);
        await behind.StartAsync();
        var address = new UriBuilder(behind.Urls.First()) { Host = "localhost" }.Uri;
        return await StartFrontAsync(address, behind, options, HttpProtocols.Http1, null);
    }

    /// <summary>Starts a forwarder to whatever is at an address.</summary>
    public static Task<ForwardingPair> StartFrontAsync(
        Uri site, Action<ForwardOptions>? options = null, HttpProtocols protocols = HttpProtocols.Http1) =>
        StartFrontAsync(site, null, options, protocols, null);

    /// <summary>A site that is no web server: what it does with a connection after the request's head has come.</summary>
    public static Uri Listen(Func<Socket, Task> answer)
    {
        TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        _ = Task.Run(async () =>
        {
            using var socket = await listener.AcceptSocketAsync();
            listener.Stop();
            await ReadHeadAsync(socket);
            await answer(socket);
        });
        return new Uri($"http://{listener.LocalEndpoint}");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _front.DisposeAsync();
        if (_site is not null)
        {
            await _site.DisposeAsync();
        }
    }

    private static async Task<ForwardingPair> StartFrontAsync(
        Uri site, WebApplication? behind, Action<ForwardOptions>? options, HttpProtocols protocols, Action<HttpContext>? before)
    {
        var settings = new ForwardOptions();
        options?.Invoke(settings);
        var front = Create(protocols, services => services.AddSiteForwarder());
        front.Use((context, next) =>
        {
            before?.Invoke(context);
            return next(context);
        });
        front.RunSiteForwarder(site, settings);
        await front.StartAsync();
        return new ForwardingPair(behind, front, protocols);
    }

    private static WebApplication Create(HttpProtocols protocols, Action<IServiceCollection> services, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = 100_000_000;
            kestrel.Listen(IPAddress.Loopback, 0, endpoint =>
            {
                endpoint.Protocols = protocols;
                if (certificate is not null)
                {
                    endpoint.UseHttps(certificate);
                }
            });
        });
        services(builder.Services);
        return builder.Build();
    }

    private static async Task ReadHeadAsync(Socket socket)
    {
        var buffer = new byte[8192];
        for (var length = 0; !buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8);)
        {
            length += await socket.ReceiveAsync(buffer.AsMemory(length));
        }
    }
}
