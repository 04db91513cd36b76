using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IsapiHost.Mapping;
using IsapiHost.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace IsapiHost.Tests.Variables;

/// <summary>What the variables make of requests that Kestrel has really received.</summary>
public sealed class KestrelRequestTests : IAsyncLifetime
{
    private readonly X509Certificate2 _certificate = CreateCertificate();
    private WebApplication? _application;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(_certificate);
            });
        });
        builder.WebHost.UseKestrelHttpsConfiguration();

        _application = builder.Build();
        _application.Run(AnswerVariable);
        await _application.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _application!.DisposeAsync();
        _certificate.Dispose();
    }

    [Theory]
    [InlineData(1, "HTTP/1.1")]
    [InlineData(2, "HTTP/2.0")]
    public async Task Host_is_a_header_and_pseudo_headers_are_none(int version, string protocol)
    {
        using var client = Client(version);
        var host = client.BaseAddress!.Authority;

        Assert.Equal(protocol, await Get(client, "SERVER_PROTOCOL"));
        Assert.Equal(host, await Get(client, "HTTP_HOST"));
        Assert.Contains($"HTTP_HOST:{host}\n", await Get(client, "ALL_HTTP"), StringComparison.Ordinal);

        var raw = await Get(client, "ALL_RAW");
        Assert.Contains($"Host: {host}\r\n", raw, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(raw!.Split("\r\n"), line => line.StartsWith(':'));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Tls_is_described(int version)
    {
        using var client = Client(version);

        Assert.Equal("on", await Get(client, "HTTPS"));
        Assert.Matches("^(128|256)$", await Get(client, "HTTPS_KEYSIZE"));
        Assert.Matches("^(400|1000)$", await Get(client, "CRYPT_PROTOCOL"));
        Assert.Equal("2048", await Get(client, "HTTPS_SECRETKEYSIZE"));
        Assert.Equal("CN=localhost", await Get(client, "CERT_SERVER_SUBJECT"));
        Assert.Equal("CN=localhost", await Get(client, "HTTPS_SERVER_ISSUER"));
        Assert.Equal("", await Get(client, "CERT_FLAGS"));
    }

    [Fact]
    public async Task A_url_is_decoded_once()
    {
        using var client = Client(version: 1, https: false);

        Assert.Equal("/a b/%2e%2e%2Fc", await Get(client, "PATH_INFO", "/a%20b/%252e%252e%2Fc?x=%20y"));
        Assert.Equal("x=%20y", await Get(client, "QUERY_STRING", "/a?x=%20y"));
        Assert.Equal("/ext.dll/a%20b?x=%20y", await Get(client, "HTTP_URL", "/a%20b?x=%20y"));
    }

    [Fact]
    public async Task Both_ends_have_an_address()
    {
        using var client = Client(version: 1, https: false);

        Assert.Equal("127.0.0.1", await Get(client, "REMOTE_ADDR"));
        Assert.Equal("127.0.0.1", await Get(client, "LOCAL_ADDR"));
        Assert.Equal(client.BaseAddress!.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), await Get(client, "SERVER_PORT"));
    }

    [Fact]
    public async Task A_body_has_the_length_that_its_header_says()
    {
        using var client = Client(version: 1, https: false);
        using var known = new HttpRequestMessage(HttpMethod.Post, "/ext.dll") { Content = new ByteArrayContent(new byte[5]) };
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/ext.dll") { Content = new ByteArrayContent(new byte[5]) };
        chunked.Headers.TransferEncodingChunked = true;

        Assert.Equal("5", await Send(client, known, "CONTENT_LENGTH"));
        Assert.Equal("0", await Send(client, chunked, "CONTENT_LENGTH"));
    }

    private static Task AnswerVariable(HttpContext context)
    {
        var view = new RequestView();
        view.Initialize(context, new SiteSettings(new IsapiOptions()));
        var path = RequestPath.Of(context, view.Site.UrlDecoder);
        HandlerMapping.Parse("/ext.dll", "ext.dll").TryMatch(path, out var match);
        view.SetMapping(path, match);
        return context.Response.WriteAsync(RequestBuilder.Read(view, context.Request.Headers["X-Variable"].ToString()) ?? "unknown");
    }

    private HttpClient Client(int version, bool https = true)
    {
        var addresses = _application!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        var handler = new SocketsHttpHandler
        {
            // The certificate of this test is trusted because it is the one made above.
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == _certificate.Thumbprint },
        };
        return new HttpClient(handler)
        {
            BaseAddress = new Uri(addresses.Single(address => address.StartsWith(https ? "https:" : "http:", StringComparison.Ordinal))),
            DefaultRequestVersion = new Version(version, version == 1 ? 1 : 0),
        };
    }

    private static async Task<string?> Get(HttpClient client, string variable, string pathInfo = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ext.dll" + pathInfo);
        return await Send(client, request, variable);
    }

    private static async Task<string?> Send(HttpClient client, HttpRequestMessage request, string variable)
    {
        request.Headers.Add("X-Variable", variable);
        request.Version = client.DefaultRequestVersion;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

        // SChannel cannot use a key that exists only in memory.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
