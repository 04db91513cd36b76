using System.Net;
using System.Net.Quic;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd.Filters;

public sealed partial class SecureConnectionTests : IDisposable
{
    private readonly string _certificate = Path.Combine(Path.GetTempPath(), $"isapihost-{Guid.NewGuid():N}.pfx");

    public void Dispose() => File.Delete(_certificate);

    [Theory, Platforms]
    public async Task Raw_filters_see_and_change_plain_bytes_behind_tls(Platform platform)
    {
        await using var host = await Start(platform, "body", "Http1");
        using var client = NewClient(HttpVersion.Version11);

        for (var i = 0; i < 3; i++)
        {
            var text = await client.GetStringAsync(Secure(host, host.Url("hello", "?name=hello")), TestContext.Current.CancellationToken);
            Assert.StartsWith("Hello, HELLO!", text, StringComparison.Ordinal);
        }

        Assert.StartsWith("Hello, HELLO!", await host.GetText("hello", "?name=hello"), StringComparison.Ordinal);
        Assert.Equal(0, await host.Stop());
    }

    [Theory, Platforms]
    public async Task Filters_answer_and_pass_requests_over_http_3(Platform platform)
    {
        Assert.SkipUnless(
            (OperatingSystem.IsLinux() || OperatingSystem.IsWindows()) && QuicConnection.IsSupported, "No libmsquic, which .NET speaks HTTP/3 with, on this machine");
        await using var host = await Start(platform, "answers", "Http1AndHttp2AndHttp3");
        using var client = NewClient(HttpVersion.Version30);

        using var finished = await client.GetAsync(Secure(host, "/finished"), TestContext.Current.CancellationToken);
        Assert.Equal((HttpVersion.Version30, 403), (finished.Version, (int)finished.StatusCode));
        Assert.Equal("first second\n", await finished.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        var hello = await client.GetStringAsync(Secure(host, host.Url("hello")), TestContext.Current.CancellationToken);
        Assert.StartsWith("Hello", hello, StringComparison.Ordinal);
        Assert.Equal(0, await host.Stop());
    }

    private static Uri Secure(HostProcess host, string url) => new(SecureAddress().Match(host.Output).Groups[1].Value.TrimEnd() + url);

    private static HttpClient NewClient(Version version) => new(new SocketsHttpHandler
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=filters",
        },
    })
    {
        DefaultRequestVersion = version,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private async Task<HostProcess> Start(Platform platform, string filter, string protocols)
    {
        Assert.SkipWhen(platform == Platform.Wine, "Wine 8 has no server side of TLS: AcceptSecurityContext of its Schannel answers SEC_E_UNSUPPORTED_FUNCTION (0x80090302) to every client");
        CreateCertificate();
        var host = await HostProcess.Start(platform, new HostSettings
        {
            Modules = ["hello"],
            Filters = [filter],
            Options = ["--urls", "https://127.0.0.1:0"],
            Environment = new Dictionary<string, string>
            {
                ["Kestrel__Certificates__Default__Path"] = HostCommand.PathFor(platform, _certificate),
                ["Kestrel__Certificates__Default__Password"] = "test",
                ["Kestrel__EndpointDefaults__Protocols"] = protocols,
            },
        });
        await Eventually.Holds(() => Task.FromResult(SecureAddress().IsMatch(host.Output)));
        return host;
    }

    [GeneratedRegex(@"Now listening on: (https://\S+)")]
    private static partial Regex SecureAddress();

    private void CreateCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=filters", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        File.WriteAllBytes(_certificate, certificate.Export(X509ContentType.Pfx, "test"));
    }
}
