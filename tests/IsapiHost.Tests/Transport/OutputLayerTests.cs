using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IsapiHost.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IsapiHost.Tests.Transport;

/// <summary>What a connection learns of Kestrel's TLS above it.</summary>
public sealed class OutputLayerTests
{
    [Theory]
    [InlineData("1.1", "Tls")]
    [InlineData("2.0", "MultiplexedTls")]
    public async Task A_connection_knows_what_client_and_server_have_agreed_on(string version, string layer)
    {
        await using var app = await Start(context => context.Response.WriteAsync($"{context.Features.Get<SocketPipeWriter>()!.Layer}"));
        using var client = NewClient(app, version);

        Assert.Equal(layer, await client.GetStringAsync("/", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Flushed_pieces_of_any_length_arrive_before_the_next_one_is_written(string version)
    {
        // Full records among them, with nothing behind that would take them along.
        int[] sizes = [1, 16_383, 16_384, 16_385, 32_768, 49_152, 65_536, 100, 16_384, 16_384];
        using var arrived = new SemaphoreSlim(0);
        await using var app = await Start(async context =>
        {
            foreach (var size in sizes)
            {
                await context.Response.BodyWriter.WriteAsync(new byte[size]);
                await arrived.WaitAsync(context.RequestAborted);
            }
        });
        using var client = NewClient(app, version);

        await using var body = await client.GetStreamAsync("/", TestContext.Current.CancellationToken);

        foreach (var size in sizes)
        {
            await body.ReadExactlyAsync(new byte[size], TestContext.Current.CancellationToken);
            arrived.Release();
        }

        Assert.Equal(0, await body.ReadAsync(new byte[1], TestContext.Current.CancellationToken));
    }

    private static async Task<WebApplication> Start(RequestDelegate answer)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));

        // Through its file format: Windows' TLS takes no key that is held in memory only.
        var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), password: null);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseIsapiTransport();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.UseHttps(certificate)));
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return app;
    }

    private static HttpClient NewClient(WebApplication app, string version) => new(new SocketsHttpHandler
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost" },
    })
    {
        BaseAddress = new Uri(app.Urls.Single()),
        DefaultRequestVersion = new Version(version),
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        Timeout = TimeSpan.FromSeconds(60),
    };
}
