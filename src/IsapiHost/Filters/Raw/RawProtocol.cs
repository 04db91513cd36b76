namespace IsapiHost.Filters.Raw;

/// <summary>Tells connections apart by their first bytes.</summary>
internal static class RawProtocol
{
    private const byte HandshakeRecord = 0x16; // RFC 8446, 5.1

    // RFC 9113, 3.4; the method PRI is reserved for this.
    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2"u8;

    public static RawProtocolKind Identify(ReadOnlySpan<byte> first)
    {
        if (first.IsEmpty)
        {
            return RawProtocolKind.Unknown;
        }

        if (first[0] == HandshakeRecord)
        {
            return RawProtocolKind.Tls;
        }

        if (first.StartsWith(Preface))
        {
            return RawProtocolKind.Http2;
        }

        return Preface.StartsWith(first) ? RawProtocolKind.Unknown : RawProtocolKind.Http1;
    }
}
