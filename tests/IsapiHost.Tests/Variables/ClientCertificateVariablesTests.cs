using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IsapiHost.Tests.Variables;

public class ClientCertificateVariablesTests
{
    [Fact]
    public void Without_a_certificate_the_values_are_empty()
    {
        var request = new RequestBuilder();

        Assert.All(["CERT_SUBJECT", "CERT_ISSUER", "CERT_SERIALNUMBER", "CERT_COOKIE", "CERT_FLAGS"], name => Assert.Equal("", request[name]));
    }

    [Fact]
    public void A_certificate_is_described()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedName("CN=joe, O=Example");
        using var certificate = new CertificateRequest(name, key, HashAlgorithmName.SHA256).Create(
            name,
            X509SignatureGenerator.CreateForECDsa(key),
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch.AddYears(100),
            [0x01, 0x8F, 0xA0]);
        var request = new RequestBuilder();
        request.Context.Connection.ClientCertificate = certificate;

        Assert.Equal("CN=joe, O=Example", request["CERT_SUBJECT"]);
        Assert.Equal("CN=joe, O=Example", request["CERT_ISSUER"]);
        Assert.Equal("01-8f-a0", request["CERT_SERIALNUMBER"]);
        Assert.Equal(certificate.Thumbprint, request["CERT_COOKIE"]);
        Assert.Equal("1", request["CERT_FLAGS"]);
    }
}
