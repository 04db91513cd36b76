using System.Text;
using IsapiHost.Testing.Comparison;
using IsapiHost.Testing.Expectations;
using IsapiHost.Testing.Files;
using IsapiHost.Testing.Messages;

namespace IsapiHost.Testing.Tests.Expectations;

public sealed class ExpectedFileTests
{
    public static TheoryData<byte[], string> Bodies => new()
    {
        { [], "text/plain" },
        { "one line"u8.ToArray(), "text/plain" },
        { "one line\n"u8.ToArray(), "text/plain" },
        { "two\n\nlines\n\n\n"u8.ToArray(), "text/plain" },
        { "\n\nbegins late"u8.ToArray(), "text/plain" },
        { "\n\n"u8.ToArray(), "text/plain" },
        { "crlf\r\nlines\r\n"u8.ToArray(), "text/html" },
        { "mixed\r\nlines\n"u8.ToArray(), "text/html" },
        { "lone\rcr"u8.ToArray(), "text/html" },
        { "\r\n"u8.ToArray(), "text/html" },
        { "### no separator\n\\n\n# no comment\n"u8.ToArray(), "text/plain" },
        { "{{mask}} at http://h:1/ ünïcode"u8.ToArray(), "text/plain" },
        { [.. "latin "u8, 0xE4, 0x80, (byte)'\n'], "text/html; charset=windows-1252" },
        { [0xEF, 0xBB, 0xBF, (byte)'a'], "text/plain" },
        { [0, 1, 2, 0xFF], "application/octet-stream" },
        { Encoding.ASCII.GetBytes(new string('x', 2000)), "application/octet-stream" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void A_response_that_is_written_is_read_back_and_matches_itself_and_nothing_else(byte[] body, string contentType)
    {
        ReceivedResponse response = Response(body, ("Content-Type", contentType), ("Set-Cookie", "a={{1}}"), ("Set-Cookie", "b"), ("Date", "today"));

        ExpectedResponse section = RoundTrip(response);

        Assert.Empty(Compare(section, response));
        Assert.Contains(Compare(section, response with { Body = (byte[])[.. body, (byte)'!'] }), d => d.Subject == "body");
        Assert.Contains(Compare(section, response with { Body = (byte[])[.. body, (byte)'\n'] }), d => d.Subject == "body");
        if (body.Length > 0)
        {
            Assert.Contains(Compare(section, response with { Body = body.AsMemory(0, body.Length - 1) }), d => d.Subject == "body");
            Assert.Contains(Compare(section, response with { Body = Array.Empty<byte>() }), d => d.Subject == "body");
        }
    }

    [Fact]
    public void Ignore_and_compare_lines_count_for_the_file_or_for_one_response()
    {
        ExpectedFile file = new ExpectedFileParser("a.expected").Parse(
            """
            # Written by hand.
            # ignore X-Request-Id, ETag
            # compare Server

            ### first
            # ignore Set-Cookie
            # body any
            HTTP/1.1 200 OK

            ### second
            HTTP/1.1 404 {{.*}}
            """);

        IgnoredHeaders first = file.IgnoredIn(file.Find("first"), IgnoredHeaders.Default);
        IgnoredHeaders second = file.IgnoredIn(file.Find("SECOND"), IgnoredHeaders.Default);

        Assert.True(first.Contains("x-request-id") && first.Contains("ETag") && first.Contains("Set-Cookie") && first.Contains("Date"));
        Assert.False(first.Contains("Server"));
        Assert.False(second.Contains("Set-Cookie"));
        Assert.Equal(ExpectedBodyKind.Any, file.Responses[0].Body.Kind);
    }

    [Theory]
    [InlineData("text\n", 1, "belongs to no response")]
    [InlineData("###\nHTTP/1.1 200\n", 1, "has no name")]
    [InlineData("### a\n\n", 3, "has no status line")]
    [InlineData("### a\n200 OK\n", 2, "has no status line")]
    [InlineData("### a\nHTTP/1.1 200 OK\nno header\n", 3, "'no header' is not a header")]
    [InlineData("### a\n# body binary\nHTTP/1.1 200 OK\n", 2, "'# body binary' is not understood. Write '# body text'")]
    [InlineData("### a\n# body file ../x\nHTTP/1.1 200 OK\n", 2, "is not understood")]
    [InlineData("### a\n# body base64\nHTTP/1.1 200 OK\n\n%%%\n", 5, "is not base64")]
    [InlineData("### a\n# body any\nHTTP/1.1 200 OK\n\ntext\n", 5, "although its body is elsewhere")]
    [InlineData("### a\nHTTP/1.1 200 OK\n\none\ntwo {{(}}\n", 5, "a mask in this line is wrong")]
    [InlineData("### a\nHTTP/1.1 200 OK\n### a\nHTTP/1.1 200 OK\n", 3, "two responses for 'a'")]
    public void A_broken_file_names_the_line(string text, int line, string words)
    {
        HttpFileException failure = Assert.Throws<HttpFileException>(() => new ExpectedFileParser("a.expected").Parse(text));

        Assert.Equal(line, failure.Line);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    private static ReceivedResponse Response(byte[] body, params (string Name, string Value)[] headers) =>
        new(200, "OK", [.. headers.Select(h => KeyValuePair.Create(h.Name, h.Value))], body);

    private static ExpectedResponse RoundTrip(ReceivedResponse response)
    {
        ExpectedResponse made = ExpectedResponses.From("a", response, old: null, IgnoredHeaders.Default, "http://h:1", "a.body");
        string text = ExpectedFileWriter.Write([], [made, made with { Name = "b" }]);
        return new ExpectedFileParser("a.expected").Parse(text).Responses[0];
    }

    private static ResponseDifference[] Compare(ExpectedResponse expected, ReceivedResponse response) =>
        [.. new ResponseComparison("a.expected", IgnoredHeaders.Default, "http://h:1").Compare(expected, response)];
}
