using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections.Features;

namespace IsapiHost.Tests.Variables;

public class TlsVariablesTests
{
    [Fact]
    public void A_plain_connection_has_empty_values()
    {
        var request = new RequestBuilder();

        Assert.Equal("off", request["HTTPS"]);
        Assert.Equal("0", request["SERVER_PORT_SECURE"]);
        Assert.All(
            ["HTTPS_KEYSIZE", "CERT_KEYSIZE", "HTTPS_SECRETKEYSIZE", "CERT_SERVER_ISSUER", "HTTPS_SERVER_SUBJECT", "CRYPT_PROTOCOL", "CRYPT_HASH_ALG_ID"],
            name => Assert.Equal("", request[name]));
    }

    [Theory]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, "400", "256", "6610", "800d", "ae06")]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA, "400", "128", "660e", "8004", "a400")]
    [InlineData(SslProtocols.Tls13, TlsCipherSuite.TLS_AES_128_GCM_SHA256, "1000", "128", "660e", "800c", "ae06")]
    [InlineData(SslProtocols.Tls13, TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256, "1000", "256", "", "800c", "ae06")]
    public void What_tls_agreed_on_is_named_in_windows_terms(
        SslProtocols protocol, TlsCipherSuite suite, string protocolId, string bits, string cipher, string hash, string keyExchange)
    {
        var request = new RequestBuilder();
        request.Context.Request.Scheme = "https";
        request.Context.Features.Set<ITlsHandshakeFeature>(new Handshake { Protocol = protocol, NegotiatedCipherSuite = suite });

        Assert.Equal("on", request["HTTPS"]);
        Assert.Equal("1", request["SERVER_PORT_SECURE"]);
        Assert.Equal(protocolId, request["CRYPT_PROTOCOL"]);
        Assert.Equal(bits, request["HTTPS_KEYSIZE"]);
        Assert.Equal(bits, request["CERT_KEYSIZE"]);
        Assert.Equal(cipher, request["CRYPT_CIPHER_ALG_ID"]);
        Assert.Equal(hash, request["CRYPT_HASH_ALG_ID"]);
        Assert.Equal(keyExchange, request["CRYPT_KEYEXCHANGE_ALG_ID"]);
    }

#pragma warning disable SYSLIB0058 // The interface still demands the members that the cipher suite replaces.
    private sealed class Handshake : ITlsHandshakeFeature
    {
        public SslProtocols Protocol { get; init; }

        public TlsCipherSuite? NegotiatedCipherSuite { get; init; }

        public CipherAlgorithmType CipherAlgorithm => default;

        public int CipherStrength => default;

        public HashAlgorithmType HashAlgorithm => default;

        public int HashStrength => default;

        public ExchangeAlgorithmType KeyExchangeAlgorithm => default;

        public int KeyExchangeStrength => default;
    }
#pragma warning restore SYSLIB0058
}
