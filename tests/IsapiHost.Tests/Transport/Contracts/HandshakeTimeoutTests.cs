using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace IsapiHost.Tests.Transport.Contracts;

public sealed class HandshakeTimeoutTests
{
    public static TheoryData<TransportKind> Kinds => [TransportKind.Kestrel, TransportKind.Isapi];

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_client_that_never_begins_its_handshake_is_disconnected(TransportKind kind)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        if (kind == TransportKind.Isapi)
        {
            builder.WebHost.UseIsapiTransport();
        }

        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = certificate,
            HandshakeTimeout = TimeSpan.FromMilliseconds(100),
        })));
        await using var app = builder.Build();
        await app.StartAsync(TestContext.Current.CancellationToken);
        var port = new Uri(app.Urls.First()).Port;
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);

        var count = await client.ReceiveAsync(new byte[1])
            .WaitAsync(AcceptedConnection.Patience, TestContext.Current.CancellationToken);

        Assert.Equal(0, count);
        await app.StopAsync(TestContext.Current.CancellationToken);
    }
}
