using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Cli.Tests.Forwarding;

/// <summary>A site on https whose certificate it has made itself.</summary>
public sealed class ForwardCertificateTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task A_certificate_of_its_own_is_refused_and_taken_when_it_is_named()
    {
        using var certificate = Create("localhost");
        await WriteAsync(certificate);

        await using var distrusting = await ForwardingPair.StartSecureAsync(Answer, certificate);
        await using var trusting = await ForwardingPair.StartSecureAsync(Answer, certificate, options => options.ForwardCertificates = _file);

        Assert.Equal(HttpStatusCode.BadGateway, (await distrusting.Client.GetAsync("/", Cancellation)).StatusCode);
        Assert.Equal("https, for another host", await trusting.Client.GetStringAsync("/", Cancellation));
    }

    [Fact]
    public async Task A_named_certificate_of_another_name_is_refused_all_the_same()
    {
        using var certificate = Create("elsewhere.example");
        await WriteAsync(certificate);
        await using var pair = await ForwardingPair.StartSecureAsync(Answer, certificate, options => options.ForwardCertificates = _file);

        Assert.Equal(HttpStatusCode.BadGateway, (await pair.Client.GetAsync("/", Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("no certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nbm9uc2Vuc2U=\n-----END CERTIFICATE-----\n")]
    public async Task A_file_without_certificates_stops_the_start(string text)
    {
        await File.WriteAllTextAsync(_file, text, Cancellation);

        var fault = await Assert.ThrowsAsync<ArgumentException>(
            () => ForwardingPair.StartFrontAsync(new Uri("https://localhost:1"), options => options.ForwardCertificates = _file));

        Assert.Contains("PEM file", fault.Message, StringComparison.Ordinal);
    }

    private static Task Answer(HttpContext context) =>
        context.Response.WriteAsync(context.Request.Scheme + (context.Request.Host.Host == "localhost" ? "" : ", for another host"));

    private static X509Certificate2 Create(string name)
    {
        using var key = RSA.Create(2048);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
    }

    private Task WriteAsync(X509Certificate2 certificate) => File.WriteAllTextAsync(_file, certificate.ExportCertificatePem(), Cancellation);
}
