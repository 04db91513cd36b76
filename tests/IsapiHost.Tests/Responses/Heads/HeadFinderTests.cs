using System.Text;
using IsapiHost.Responses.Heads;

namespace IsapiHost.Tests.Responses.Heads;

public sealed class HeadFinderTests
{
    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\r\n\r\nbody", 404, "body")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\n\r\nbody", 404, "body")]
    [InlineData("HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.0 100 Continue\n\nHTTP/1.0 201 Made\n\nbody", 201, "body")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nmere text", 503, "mere text")]
    [InlineData("Status: 100\r\n\r\nContent-Type: a/b\r\n\r\nbody", 503, "body")]
    [InlineData("Content-Type: a/b\r\n\r\nbody", 503, "body")]
    [InlineData("mere text", 503, "mere text")]
    public void The_head_that_counts_is_found_however_the_bytes_are_cut(string text, int status, string body)
    {
        for (var piece = 1; piece <= text.Length; piece++)
        {
            var finder = new HeadFinder(() => 503);
            var (head, rest) = Find(finder, text, piece);

            Assert.Equal((status, body), (head?.StatusCode, rest));
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n")]
    [InlineData("HTTP/1.1 100 Continue\r\n")]
    public void Interim_heads_alone_are_no_response(string text)
    {
        for (var piece = 1; piece <= text.Length; piece++)
        {
            var finder = new HeadFinder(() => 200);

            Assert.Equal((null, ""), Find(finder, text, piece));
        }
    }

    [Theory]
    [InlineData(true, "text/html")]
    [InlineData(false, "")]
    public void Mere_text_is_a_page_if_that_is_wanted(bool textAsHtml, string contentType)
    {
        var finder = new HeadFinder(() => 200);

        finder.Write(Encoding.ASCII.GetBytes("1 + 1 = 2"), textAsHtml, out var head, out _);

        Assert.Equal(contentType, string.Concat(head!.Headers.Select(header => header.Value)));
    }

    private static (ResponseHead? Head, string Body) Find(HeadFinder finder, string text, int piece)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        for (var done = 0; done < bytes.Length; done += piece)
        {
            var body = finder.Write(bytes.AsMemory(done, Math.Min(piece, bytes.Length - done)), textAsHtml: true, out var head, out _);
            if (head is not null)
            {
                return (head, Encoding.ASCII.GetString(body.Span) + text[Math.Min(done + piece, bytes.Length)..]);
            }
        }

        var rest = finder.Complete(textAsHtml: true, out var last, out _);
        return (last, Encoding.ASCII.GetString(rest.Span));
    }
}
