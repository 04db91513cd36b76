using System.Security.Cryptography.X509Certificates;
using IsapiHost.Requests;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Variables;

/// <summary>The certificate that the client has shown. Empty without one; asking never starts a renegotiation.</summary>
internal static class ClientCertificateVariables
{
    public static Dictionary<string, VariableSource> All { get; } = new()
    {
        ["CERT_SUBJECT"] = static (view, ref writer) => writer.Append(Certificate(view)?.Subject),
        ["CERT_ISSUER"] = static (view, ref writer) => writer.Append(Certificate(view)?.Issuer),
        ["CERT_SERIALNUMBER"] = WriteSerialNumber,
        ["CERT_COOKIE"] = static (view, ref writer) => writer.Append(Certificate(view)?.GetCertHashString()),
        ["CERT_FLAGS"] = WriteFlags,
    };

    private static X509Certificate2? Certificate(RequestView view) => view.Context.Features.Get<ITlsConnectionFeature>()?.ClientCertificate;

    private static void WriteSerialNumber(RequestView view, ref VariableWriter writer)
    {
        if (Certificate(view) is not { } certificate)
        {
            return;
        }

        var separator = ""u8;

        foreach (var part in certificate.SerialNumberBytes.Span)
        {
            writer.AppendAscii(separator);
            writer.AppendAscii([HexDigit(part >> 4), HexDigit(part & 0xF)]);
            separator = "-"u8;
        }
    }

    // Bit 0: there is one. Bit 1, "its issuer is unknown", stays clear: Kestrel has refused such a certificate unless the application accepts it.
    private static void WriteFlags(RequestView view, ref VariableWriter writer)
    {
        if (Certificate(view) is not null)
        {
            writer.AppendAscii("1"u8);
        }
    }

    private static byte HexDigit(int value) => "0123456789abcdef"u8[value];
}
