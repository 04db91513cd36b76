using System.Text;
using IsapiHost.Filters.Raw;

namespace IsapiHost.Tests.Filters.Raw;

public class ResponseHeadBlockTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\r\n\r\n", 25, false)]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody\r\n\r\n", 25, false)]
    [InlineData("HTTP/1.0 404 Not Found\r\n\r\n", 26, false)]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", 25, true)]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\n\r\n", 36, false)]
    [InlineData("HTTP/1.1 103 Early Hints\r\n\r\n", 28, true)]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\r\n", 0, false)]
    [InlineData("0\r\n\r\n", 0, false)]
    [InlineData("", 0, false)]
    public void A_head_ends_with_its_blank_line(string bytes, int length, bool interim)
    {
        Assert.Equal(length, ResponseHeadBlock.Measure(Encoding.Latin1.GetBytes(bytes), out var isInterim));
        Assert.Equal(interim, length > 0 && isInterim);
    }
}
