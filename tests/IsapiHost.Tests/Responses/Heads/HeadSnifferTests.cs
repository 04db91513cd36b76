using FsCheck;
using FsCheck.Fluent;
using IsapiHost.Responses.Heads;

namespace IsapiHost.Tests.Responses.Heads;

public sealed class HeadSnifferTests
{
    [Theory]
    [InlineData("HTTP/1.0 503 Busy\r\nA: b\r\n\r\nbody", nameof(FirstWriteKind.RawAnswer))]
    [InlineData("HTTP/1.1 200\n\n", nameof(FirstWriteKind.RawAnswer))]
    [InlineData("Content-Type: text/html\r\n\r\nbody", nameof(FirstWriteKind.CgiHead))]
    [InlineData("Content-Type : text/html\n\nbody", nameof(FirstWriteKind.CgiHead))]
    [InlineData("A: b\n c\r\nD:\n\r\n", nameof(FirstWriteKind.CgiHead))]
    [InlineData("<html>", nameof(FirstWriteKind.Text))]
    [InlineData("\r\nContent-Type: text/html\r\n\r\n", nameof(FirstWriteKind.Text))]
    [InlineData("{\"a\": 1}", nameof(FirstWriteKind.Text))]
    [InlineData("12:30 lunch\n\n", nameof(FirstWriteKind.Text))]
    [InlineData("Hello world: hi\n\n", nameof(FirstWriteKind.Text))]
    [InlineData("HTTP/1.1 is a protocol\r\n", nameof(FirstWriteKind.Text))]
    [InlineData("HTTP/2 200\r\n\r\n", nameof(FirstWriteKind.Text))]
    [InlineData("A: b\nno colon\n\n", nameof(FirstWriteKind.Text))]
    [InlineData("A: b\0\n\n", nameof(FirstWriteKind.Text))]
    [InlineData("A: b\rc\n\n", nameof(FirstWriteKind.Text))]
    public void Knows_each_kind_before_the_end(string text, string expected)
    {
        Assert.Equal(expected, Classify(text, isEnd: false).ToString());
    }

    [Theory]
    [InlineData("", nameof(FirstWriteKind.Text))]
    [InlineData("HTTP/1", nameof(FirstWriteKind.Text))]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\r\n", nameof(FirstWriteKind.RawAnswer))]
    [InlineData("Hello: world", nameof(FirstWriteKind.Text))]
    [InlineData("Hello: world\r\n", nameof(FirstWriteKind.Text))]
    [InlineData("Hello", nameof(FirstWriteKind.Text))]
    public void Waits_for_more_of_a_head_until_the_end(string text, string atEnd)
    {
        Assert.Equal(FirstWriteKind.NeedMore, Classify(text, isEnd: false));
        Assert.Equal(atEnd, Classify(text, isEnd: true).ToString());
    }

    [Theory]
    [InlineData("A: ", nameof(FirstWriteKind.Text))]
    [InlineData("HTTP/1.1 200 ", nameof(FirstWriteKind.RawAnswer))]
    public void Never_waits_for_more_than_its_limit(string start, string expected)
    {
        string text = start.PadRight(HeadSniffer.MaxBytes, 'x');

        Assert.Equal(FirstWriteKind.NeedMore, Classify(text[..^1], isEnd: false));
        Assert.Equal(expected, Classify(text, isEnd: false).ToString());
        Assert.Equal(expected, Classify(text + "\r\n\r\n", isEnd: true).ToString());
    }

    [Fact]
    public void The_answer_does_not_depend_on_how_the_bytes_are_cut()
    {
        Prop.ForAll(HeadTexts.Any, text =>
        {
            FirstWriteKind expected = Classify(text, isEnd: true);
            FirstWriteKind previous = FirstWriteKind.NeedMore;
            for (int length = 0; length <= text.Length; length++)
            {
                FirstWriteKind kind = Classify(text[..length], isEnd: false);
                if ((kind != FirstWriteKind.NeedMore && kind != expected) || (previous != FirstWriteKind.NeedMore && kind != previous))
                {
                    return false;
                }

                previous = kind;
            }

            return expected != FirstWriteKind.NeedMore;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_head_that_is_reported_is_one_that_the_parser_ends_at_its_empty_line()
    {
        Prop.ForAll(HeadTexts.Any, text =>
        {
            if (Classify(text, isEnd: false) is FirstWriteKind.NeedMore or FirstWriteKind.Text)
            {
                return true;
            }

            ResponseHeadParser.ParseRaw(HeadTexts.Bytes(text), 200, out _, out HeadTermination end);
            return end == HeadTermination.BlankLine;
        }).QuickCheckThrowOnFailure();
    }

    private static FirstWriteKind Classify(string text, bool isEnd) => HeadSniffer.Classify(HeadTexts.Bytes(text), isEnd);
}
