using System.Globalization;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using IsapiHost.Requests;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace IsapiHost.Variables;

/// <summary>What TLS agreed on, and the server's certificate. Empty on a plain connection.</summary>
internal static class TlsVariables
{
    public static Dictionary<string, VariableSource> All { get; } = new()
    {
        ["HTTPS"] = static (view, ref writer) => writer.AppendAscii(view.Context.Request.IsHttps ? "on"u8 : "off"u8),
        ["HTTPS_KEYSIZE"] = WriteKeySize,
        ["CERT_KEYSIZE"] = WriteKeySize,
        ["HTTPS_SECRETKEYSIZE"] = WriteServerKeySize,
        ["CERT_SECRETKEYSIZE"] = WriteServerKeySize,
        ["HTTPS_SERVER_ISSUER"] = WriteServerIssuer,
        ["CERT_SERVER_ISSUER"] = WriteServerIssuer,
        ["HTTPS_SERVER_SUBJECT"] = WriteServerSubject,
        ["CERT_SERVER_SUBJECT"] = WriteServerSubject,
        ["CRYPT_PROTOCOL"] = WriteProtocol,
        ["CRYPT_CIPHER_ALG_ID"] = static (view, ref writer) => writer.Append(CipherSuite(view)?.CipherId),
        ["CRYPT_HASH_ALG_ID"] = static (view, ref writer) => writer.Append(CipherSuite(view)?.HashId),
        ["CRYPT_KEYEXCHANGE_ALG_ID"] = static (view, ref writer) => writer.Append(CipherSuite(view)?.KeyExchangeId),
    };

    private static void WriteKeySize(RequestView view, ref VariableWriter writer)
    {
        if (CipherSuite(view) is { KeySize: > 0 and var bits })
        {
            writer.AppendNumber(bits);
        }
    }

    private static void WriteServerKeySize(RequestView view, ref VariableWriter writer)
    {
        if (ServerCertificate(view) is { } certificate && PublicKeySize(certificate) is { } bits)
        {
            writer.AppendNumber(bits);
        }
    }

    private static void WriteServerIssuer(RequestView view, ref VariableWriter writer) => writer.Append(ServerCertificate(view)?.Issuer);

    private static void WriteServerSubject(RequestView view, ref VariableWriter writer) => writer.Append(ServerCertificate(view)?.Subject);

    // SP_PROT_*_SERVER of schannel.h, in hexadecimal.
    private static void WriteProtocol(RequestView view, ref VariableWriter writer) => writer.AppendAscii(Handshake(view)?.Protocol switch
    {
        SslProtocols.Tls13 => "1000"u8,
        SslProtocols.Tls12 => "400"u8,
#pragma warning disable SYSLIB0039, CA5397 // Named, not offered: a connection may have been made with them.
        SslProtocols.Tls11 => "100"u8,
        SslProtocols.Tls => "40"u8,
#pragma warning restore SYSLIB0039, CA5397
        _ => ""u8,
    });

    private static CipherSuiteDetails? CipherSuite(RequestView view) =>
        Handshake(view)?.NegotiatedCipherSuite is { } suite ? CipherSuiteDetails.Of(suite) : null;

    private static ITlsHandshakeFeature? Handshake(RequestView view) => view.Context.Features.Get<ITlsHandshakeFeature>();

    private static X509Certificate2? ServerCertificate(RequestView view) =>
        view.Context.Features.Get<ISslStreamFeature>()?.SslStream.LocalCertificate as X509Certificate2;

    private static int? PublicKeySize(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        using var ecdsa = rsa is null ? certificate.GetECDsaPublicKey() : null;
        return rsa?.KeySize ?? ecdsa?.KeySize;
    }
}
