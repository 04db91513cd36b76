using System.Text;
using IsapiHost.Filters.Raw;

namespace IsapiHost.Tests.Filters.Raw;

public sealed class RawProtocolTests
{
    [Theory]
    [InlineData("", nameof(RawProtocolKind.Unknown))]
    [InlineData("P", nameof(RawProtocolKind.Unknown))]
    [InlineData("PRI * HTTP/", nameof(RawProtocolKind.Unknown))]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM", nameof(RawProtocolKind.Http2))]
    [InlineData("PO", nameof(RawProtocolKind.Http1))]
    [InlineData("PRI * HTTP/1.1\r\n", nameof(RawProtocolKind.Http1))]
    [InlineData("\r\nGET / HTTP/1.1", nameof(RawProtocolKind.Http1))]
    [InlineData("\x16\x03\x01", nameof(RawProtocolKind.Tls))]
    public void The_first_bytes_tell(string first, string kind) =>
        Assert.Equal(Enum.Parse<RawProtocolKind>(kind), RawProtocol.Identify(Encoding.Latin1.GetBytes(first)));
}
