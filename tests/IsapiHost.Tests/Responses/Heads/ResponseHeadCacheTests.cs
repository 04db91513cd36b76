using FsCheck;
using FsCheck.Fluent;
using IsapiHost.Responses.Heads;

namespace IsapiHost.Tests.Responses.Heads;

public sealed class ResponseHeadCacheTests
{
    private readonly ResponseHeadCache _cache = new();

    [Fact]
    public void A_head_that_comes_again_is_the_same_object_and_costs_no_memory()
    {
        Parse("200 OK", "Content-Type: text/html\r\n\r\n");
        ResponseHead stored = Parse("200 OK", "Content-Type: text/html\r\n\r\n");
        byte[] headers = HeadTexts.Bytes("Content-Type: text/html\r\n\r\n");

        long before = GC.GetAllocatedBytesForCurrentThread();
        ResponseHead found = _cache.Parse("200 OK"u8, headers, 200, out _, out _);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Same(stored, found);
        Assert.Equal(0, allocated);
    }

    [Theory]
    [InlineData("200 OK", "A: b\r\n\r\n", 201)]
    [InlineData("200 OKA", ": b\r\n\r\n", 200)]
    [InlineData("200 OK", "A: b\r\n", 200)]
    public void A_head_that_differs_anywhere_is_another(string status, string headers, int fallback)
    {
        ResponseHead first = Parse("200 OK", "A: b\r\n\r\n");
        first = Parse("200 OK", "A: b\r\n\r\n");

        Assert.NotSame(first, Parse(status, headers, fallback));
    }

    [Theory]
    [InlineData("A: b\r\n\r\nbody")]
    [InlineData(null)]
    public void A_head_with_body_or_of_unusual_size_is_not_stored(string? headers)
    {
        headers ??= "A: " + new string('x', 1024) + "\r\n\r\n";
        Parse("200 OK", headers);

        Assert.NotSame(Parse("200 OK", headers), Parse("200 OK", headers));
    }

    [Fact]
    public void Heads_that_all_differ_do_not_displace_one_that_stays()
    {
        Parse("200 OK", "A: b\r\n\r\n");
        ResponseHead stored = Parse("200 OK", "A: b\r\n\r\n");

        for (int i = 0; i < 10_000; i++)
        {
            Parse("200 OK", $"Set-Cookie: id={i}\r\n\r\n");
        }

        Assert.Same(stored, Parse("200 OK", "A: b\r\n\r\n"));
    }

    [Fact]
    public void Gives_what_the_parser_gives()
    {
        Prop.ForAll(HeadTexts.Any, HeadTexts.Any, (status, headers) =>
        {
            string expected = Describe(ResponseHeadParser.Parse(
                HeadTexts.Bytes(status), HeadTexts.Bytes(headers), 200, out int bodyOffset, out HeadTermination end), bodyOffset, end);
            return Enumerable.Range(0, 3).All(_ =>
            {
                ResponseHead head = _cache.Parse(HeadTexts.Bytes(status), HeadTexts.Bytes(headers), 200, out bodyOffset, out end);
                return Describe(head, bodyOffset, end) == expected;
            });
        }).QuickCheckThrowOnFailure();
    }

    private static string Describe(ResponseHead head, int bodyOffset, HeadTermination end) => string.Join('\n', [
        $"{head.StatusCode} {head.ReasonPhrase} {head.ContentLength} {head.ChunkedByExtension} {head.Close}",
        $"{head.Faults} {bodyOffset} {end}",
        .. head.Headers.Select(header => $"{header.Name}: {string.Join('|', header.Value.ToArray())}")]);

    private ResponseHead Parse(string status, string headers, int fallback = 200) =>
        _cache.Parse(HeadTexts.Bytes(status), HeadTexts.Bytes(headers), fallback, out _, out _);
}
