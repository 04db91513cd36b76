using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd;

/// <summary>HSE_REQ_GET_CERT_INFO_EX on a connection whose client has shown a certificate.</summary>
public sealed partial class ClientCertificateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isapihost-certificates-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory, Platforms]
    public async Task The_certificate_of_the_client_is_told(Platform platform)
    {
        Assert.SkipWhen(platform == Platform.Wine, "Wine 8 has no server side of TLS: AcceptSecurityContext of its Schannel answers SEC_E_UNSUPPORTED_FUNCTION (0x80090302) to every client");
        using var authority = Create("CN=authority", issuer: null);
        using var server = Create("CN=server", authority);
        using var known = Create("CN=somebody", authority);
        var serverFile = Write("server.pfx", server.Export(X509ContentType.Pfx, "test"));
        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Modules = ["client-certificate"],
            Options = ["--urls", "https://127.0.0.1:0"],
            Environment = new Dictionary<string, string>
            {
                ["Kestrel__Certificates__Default__Path"] = serverFile,
                ["Kestrel__Certificates__Default__Password"] = "test",
                ["Kestrel__EndpointDefaults__ClientCertificateMode"] = "AllowCertificate",
                ["SSL_CERT_FILE"] = Write("authority.pem", System.Text.Encoding.ASCII.GetBytes(authority.ExportCertificatePem())),
            },
        });
        await Eventually.Holds(() => Task.FromResult(SecureAddress().IsMatch(host.Output)));
        var address = SecureAddress().Match(host.Output).Groups[1].Value.TrimEnd();

        var text = await Get(known, "");
        var small = await Get(known, "?size=100");
        var without = await Get(certificate: null, "");

        var der = known.RawData;
        Assert.Equal(FormattableString.Invariant($"result=1 error=0 size={der.Length}\nencoding=1 flags=1\n{Convert.ToHexString(der)}"), text);
        Assert.Equal(FormattableString.Invariant($"result=0 error=122 size={der.Length}\n"), small);
        Assert.Equal("result=0 error=232 size=0\n", without);
        Assert.Equal(0, await host.Stop());

        async Task<string> Get(X509Certificate2? certificate, string query)
        {
            using var client = new HttpClient(new SocketsHttpHandler
            {
                SslOptions = new SslClientAuthenticationOptions
                {
                    RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == "CN=server",
                    LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate!,
                },
            });
            return await client.GetStringAsync(new Uri(address + host.Url("client-certificate", query)), TestContext.Current.CancellationToken);
        }
    }

    [GeneratedRegex(@"Now listening on: (https://\S+)")]
    private static partial Regex SecureAddress();

    private static X509Certificate2 Create(string name, X509Certificate2? issuer)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(issuer is null, false, 0, true));
        var (start, end) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        if (issuer is null)
        {
            return request.CreateSelfSigned(start, end);
        }

        using var certificate = request.Create(issuer, start.AddHours(1), end.AddHours(-1), RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(key);
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
