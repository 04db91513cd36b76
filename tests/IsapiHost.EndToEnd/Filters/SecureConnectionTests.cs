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
        Assert.SkipWhen(platform == Platform.Wine, "Wine 8 has no server side of TLS: AcceptSecurityContext of its Schannel answers SEC_E_UNSUPPORTED_FUNCTION (0x80090302) to every client");
        CreateCertificate();
        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Modules = ["hello"],
            Filters = ["body"],
            Options = ["--urls", "https://127.0.0.1:0"],
            Environment = new Dictionary<string, string>
            {
                ["Kestrel__Certificates__Default__Path"] = HostCommand.PathFor(platform, _certificate),
                ["Kestrel__Certificates__Default__Password"] = "test",
            },
        });
        await Eventually.Holds(() => Task.FromResult(SecureAddress().IsMatch(host.Output)));
        using var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=filters",
            },
        });

        for (var i = 0; i < 3; i++)
        {
            var text = await client.GetStringAsync(
                new Uri(SecureAddress().Match(host.Output).Groups[1].Value.TrimEnd() + host.Url("hello", "?name=hello")), TestContext.Current.CancellationToken);
            Assert.StartsWith("Hello, HELLO!", text, StringComparison.Ordinal);
        }

        Assert.StartsWith("Hello, HELLO!", await host.GetText("hello", "?name=hello"), StringComparison.Ordinal);
        Assert.Equal(0, await host.Stop());
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
