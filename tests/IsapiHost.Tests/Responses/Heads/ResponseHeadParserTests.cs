using FsCheck;
using FsCheck.Fluent;
using IsapiHost.Responses.Heads;

namespace IsapiHost.Tests.Responses.Heads;

public sealed class ResponseHeadParserTests
{
    [Theory]
    [InlineData("200 OK", 200, null)]
    [InlineData("404", 404, null)]
    [InlineData("200 200", 200, null)]
    [InlineData("404 Not Found", 404, null)]
    [InlineData("302 Object Moved", 302, "Object Moved")]
    [InlineData("200 Undescribed", 200, "Undescribed")]
    [InlineData("HTTP/1.1 200 OK", 200, null)]
    [InlineData("http/1.0 503 Busy", 503, "Busy")]
    [InlineData("HTTP/1.1 200 Fine: really", 200, "Fine: really")]
    [InlineData("  404  Gone fishing \r\n", 404, "Gone fishing")]
    [InlineData("999 Custom", 999, "Custom")]
    [InlineData("404Not here", 404, "Not here")]
    [InlineData("200 Gr\u00FC\u00DFe", 200, "Gr\u00FC\u00DFe")]
    [InlineData("200 OK\0", 200, null)]
    public void Reads_the_status_in_each_form(string text, int code, string? reason)
    {
        ResponseHead head = Parse(text, "", out _, out _);

        Assert.Equal((code, reason, ResponseHeadFaults.None), (head.StatusCode, head.ReasonPhrase, head.Faults));
    }

    [Theory]
    [InlineData("OK")]
    [InlineData("HTTP/1.1")]
    [InlineData("1000 Too many")]
    [InlineData("99 Too few")]
    [InlineData("099 Zero")]
    [InlineData("20 OK")]
    public void Falls_back_when_no_code_can_be_read(string text)
    {
        ResponseHead head = Parse(text, "", out _, out _, fallback: 503);

        Assert.Equal((503, null, ResponseHeadFaults.Status), (head.StatusCode, head.ReasonPhrase, head.Faults));
    }

    [Theory]
    [InlineData(0, 200)]
    [InlineData(99, 200)]
    [InlineData(100, 100)]
    [InlineData(599, 599)]
    [InlineData(600, 200)]
    [InlineData(-1, 200)]
    public void Believes_a_fallback_between_100_and_599(int fallback, int code)
    {
        Assert.Equal(code, Parse("", "", out _, out _, fallback).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n")]
    [InlineData("Connection: Keep-Alive")]
    public void An_absent_status_is_the_first_header_line_without_a_colon(string status)
    {
        ResponseHead head = Parse(status, "HTTP/1.1 404 Nowhere\r\nA: b\r\n\r\n", out _, out _);

        Assert.Equal((404, "Nowhere", "A=b"), (head.StatusCode, head.ReasonPhrase, Headers(head)));
        Assert.Equal((200, "A=b"), Parse(status, "A: b\r\n\r\n", out _, out _) is var other ? (other.StatusCode, Headers(other)) : default);
    }

    [Fact]
    public void A_status_line_in_the_headers_is_dropped_when_a_status_was_given()
    {
        ResponseHead head = Parse("200 OK", "404 Not Found\r\nA: b\r\n\r\n", out _, out _);

        Assert.Equal((200, "A=b", ResponseHeadFaults.LineWithoutColon), (head.StatusCode, Headers(head), head.Faults));
    }

    [Theory]
    [InlineData("Status: 404 Nowhere\r\nA: b\r\n\r\n", 404, "Nowhere")]
    [InlineData("A: b\r\nstatus: 500\r\n\r\n", 500, null)]
    [InlineData("A: b\r\nStatus: none\r\n\r\n", 200, null)]
    public void A_Status_line_sets_the_status_and_is_removed(string headers, int code, string? reason)
    {
        ResponseHead head = Parse("200 OK", headers, out _, out _);

        Assert.Equal((code, reason, "A=b"), (head.StatusCode, head.ReasonPhrase, Headers(head)));
    }

    [Theory]
    [InlineData("A: b\r\nC: d\r\n\r\n", "A=b|C=d", 0)]
    [InlineData("A: b\nC: d\n\n", "A=b|C=d", 0)]
    [InlineData("A: b\r\nC: d\n\r\n", "A=b|C=d", 0)]
    [InlineData("A: b\r\r\nC: d\r\r\n\r\r\n", "A=b|C=d", 0)]
    [InlineData("A: b\r\n  c\r\n\td\r\n\r\n", "A=b c d", 0)]
    [InlineData("A: b \n \n c\n\n", "A=b c", 0)]
    [InlineData(" A: b\r\n\r\n", "A=b", 0)]
    [InlineData("A : b\r\nC\t:d\r\n\r\n", "A=b|C=d", 0)]
    [InlineData("A:\r\nB: \t \r\n\r\n", "A=|B=", 0)]
    [InlineData("A: b:c\td\r\n\r\n", "A=b:c\td", 0)]
    [InlineData("A: \u00E4\u0080\r\n\r\n", "A=\u00E4\u0080", 0)]
    [InlineData("no colon\r\nA: b\r\n\r\n", "A=b", (int)ResponseHeadFaults.LineWithoutColon)]
    [InlineData("B\u00E4r: x\r\n: y\r\nA b: z\r\nA: b\r\n\r\n", "A=b", (int)ResponseHeadFaults.InvalidName)]
    [InlineData("A: b\rSet-Cookie: c\r\n\r\n", "A=bSet-Cookie: c", (int)ResponseHeadFaults.ControlCharacters)]
    [InlineData("A: \u0001b\u007F\u001Bc\r\n\r\n", "A=bc", (int)ResponseHeadFaults.ControlCharacters)]
    [InlineData("set-cookie: a\r\nB: c\r\nSet-Cookie: d\r\n\r\n", "Set-Cookie=a,d|B=c", 0)]
    [InlineData("Server: x\r\nserver: y\r\n\r\n", "Server=x", (int)ResponseHeadFaults.DuplicateServerOrDate)]
    public void Reads_header_lines(string headers, string expected, int faults)
    {
        ResponseHead head = Parse("200 OK", headers, out int bodyOffset, out HeadTermination end);

        Assert.Equal((expected, (ResponseHeadFaults)faults), (Headers(head), head.Faults));
        Assert.Equal((headers.Length, HeadTermination.BlankLine), (bodyOffset, end));
    }

    [Theory]
    [InlineData("", nameof(HeadTermination.BlankLine), "")]
    [InlineData("A: b\r\n\r\n", nameof(HeadTermination.BlankLine), "")]
    [InlineData("A: b\r\n\r\nbody\r\n", nameof(HeadTermination.BlankLine), "body\r\n")]
    [InlineData("\r\nbody", nameof(HeadTermination.BlankLine), "body")]
    [InlineData("A: b\r\n", nameof(HeadTermination.CompleteLine), "")]
    [InlineData("A: b\r\n\r", nameof(HeadTermination.CompleteLine), "")]
    [InlineData("A: b", nameof(HeadTermination.UnfinishedLine), "")]
    [InlineData("A: b\r", nameof(HeadTermination.UnfinishedLine), "")]
    [InlineData("A: b\r\n\0", nameof(HeadTermination.CompleteLine), "")]
    [InlineData("A: b\0C: d\r\n\r\nbody", nameof(HeadTermination.UnfinishedLine), "")]
    [InlineData("A: b\r\n\r\n\0\0", nameof(HeadTermination.BlankLine), "")]
    [InlineData("A: b\r\n\r\nx\0y", nameof(HeadTermination.BlankLine), "x\0y")]
    public void Ends_at_the_empty_line_or_with_the_text(string headers, string expected, string body)
    {
        Parse("200 OK", headers, out int bodyOffset, out HeadTermination end);

        Assert.Equal((expected, body), (end.ToString(), headers[bodyOffset..]));
    }

    [Fact]
    public void The_pywin32_block_that_ends_with_LF_LF_CRLF_has_a_body_of_two_bytes()
    {
        const string Headers = "Content-Type: text/html\n\n\r\n";

        Parse("200 OK", Headers, out int bodyOffset, out _);

        Assert.Equal("\r\n", Headers[bodyOffset..]);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\n", 5L, 0)]
    [InlineData("Content-Length: 5\r\ncontent-length: 05\r\n", 5L, 0)]
    [InlineData("Content-Length: 5, 5\r\n", 5L, 0)]
    [InlineData("Content-Length: 9223372036854775807\r\n", long.MaxValue, 0)]
    [InlineData("Content-Length: 9223372036854775808\r\n", null, (int)ResponseHeadFaults.ContentLengthConflict)]
    [InlineData("Content-Length: 5\r\nContent-Length: 6\r\nContent-Length: 6\r\n", null, (int)ResponseHeadFaults.ContentLengthConflict)]
    [InlineData("Content-Length: -1\r\n", null, (int)ResponseHeadFaults.ContentLengthConflict)]
    [InlineData("Content-Length: +1\r\n", null, (int)ResponseHeadFaults.ContentLengthConflict)]
    [InlineData("Content-Length:\r\n", null, (int)ResponseHeadFaults.ContentLengthConflict)]
    [InlineData("Content-Length: 5 6\r\n", null, (int)ResponseHeadFaults.ContentLengthConflict)]
    [InlineData("Content-Length: x\r\nContent-Length: 5\r\n", null, (int)ResponseHeadFaults.ContentLengthConflict)]
    public void Takes_Content_Length_out_of_the_headers(string headers, long? length, int faults)
    {
        ResponseHead head = Parse("200 OK", headers, out _, out _);

        Assert.Equal((length, (ResponseHeadFaults)faults, ""), (head.ContentLength, head.Faults, Headers(head)));
        Assert.Equal(faults != 0, head.Faults.HasFlag(ResponseHeadFaults.ContentLengthConflict));
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n", true, 0)]
    [InlineData("transfer-encoding: Chunked\r\n", true, 0)]
    [InlineData("Transfer-Encoding: identity\r\n", false, (int)ResponseHeadFaults.TransferCoding)]
    [InlineData("Transfer-Encoding: gzip, chunked\r\n", true, (int)ResponseHeadFaults.TransferCoding)]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip\r\n", false, (int)ResponseHeadFaults.TransferCoding)]
    [InlineData("Transfer-Encoding: chun\u0001ked\r\n", false, (int)ResponseHeadFaults.TransferCoding)]
    [InlineData("Transfer-Encoding:\r\n", false, 0)]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", true, (int)ResponseHeadFaults.ContentLengthBesideChunked)]
    public void Takes_Transfer_Encoding_out_of_the_headers(string headers, bool chunked, int faults)
    {
        ResponseHead head = Parse("200 OK", headers, out _, out _);

        Assert.Equal((chunked, (ResponseHeadFaults)faults, ""), (head.ChunkedByExtension, head.Faults, Headers(head)));
        Assert.Null(head.ContentLength);
    }

    [Theory]
    [InlineData("Connection: close\r\n", true)]
    [InlineData("Connection: foo,\r\n Close\r\n", true)]
    [InlineData("Connection: Keep-Alive\r\nKeep-Alive: timeout=5\r\nProxy-Connection: close\r\n", false)]
    [InlineData("Connection: Upgrade\r\n", false)]
    public void Honours_close_and_drops_all_else_about_the_connection(string headers, bool close)
    {
        ResponseHead head = Parse("200 OK", headers, out _, out _);

        Assert.Equal((close, ""), (head.Close, Headers(head)));
    }

    [Fact]
    public void Server_and_Date_of_the_extension_are_kept()
    {
        ResponseHead head = Parse("200 OK", "server: x\r\nDATE: y\r\n\r\n", out _, out _);

        Assert.Equal("Server=x|Date=y", Headers(head));
    }

    [Fact]
    public void Drops_lines_beyond_the_limits_and_still_finds_the_body()
    {
        string many = string.Concat(Enumerable.Range(0, 600).Select(i => $"N{i}: x\r\n")) + "\r\nbody";
        string large = "A: b\r\nLarge: " + new string('x', ResponseHeadParser.MaxHeadBytes) + "\r\n\r\nbody";

        ResponseHead manyHead = Parse("200 OK", many, out int manyOffset, out _);
        ResponseHead largeHead = Parse("200 OK", large, out int largeOffset, out _);

        Assert.Equal((ResponseHeadParser.MaxLines, "body"), (manyHead.Headers.Length, many[manyOffset..]));
        Assert.Equal(("A=b", "body"), (Headers(largeHead), large[largeOffset..]));
        Assert.Equal((ResponseHeadFaults.TooLarge, ResponseHeadFaults.TooLarge), (manyHead.Faults, largeHead.Faults));
    }

    [Theory]
    [InlineData("200 Fine\r\nA: b", "Fine", "A=b")]
    [InlineData("200 Fine\r\nA: b\r\nC: d\r\n\r\n", "Fine", "A=b,C=d")]
    [InlineData("HTTP/1.1 200 Fine\nA: b\n", "Fine", "A=b")]
    [InlineData("200 Fine\r\nA: b\r\n\r\nC: d", "Fine", "A=b")]
    [InlineData("200 Fine\r\nA: b\r\n c\r\n", "Fine", "A=b c")]
    [InlineData("200 Fine\r\n\0A: b", "Fine", "")]
    [InlineData("200 Fine\r\n", "Fine", "")]
    [InlineData("\r\nA: b\r\nC: d", null, "A=b,C=d")]
    public void Header_lines_behind_the_status_are_headers_where_there_are_no_others(string status, string? reason, string headers)
    {
        ResponseHead head = Parse(status, "", out _, out _);

        Assert.Equal((200, reason, headers.Replace(',', '|'), ResponseHeadFaults.None), (head.StatusCode, head.ReasonPhrase, Headers(head), head.Faults));
        Assert.Equal("X=y", Headers(Parse(status, "X: y\r\n\r\n", out _, out _)));
    }

    [Theory]
    [InlineData("200 Fine\rSet-Cookie: stolen")]
    [InlineData("200 Fine\r\rSet-Cookie: stolen")]
    public void Cuts_a_status_at_a_lone_carriage_return(string status)
    {
        ResponseHead head = Parse(status, "", out _, out _);

        Assert.Equal(("Fine", "", ResponseHeadFaults.ControlCharacters), (head.ReasonPhrase, Headers(head), head.Faults));
    }

    [Fact]
    public void Knows_an_interim_status()
    {
        Assert.True(Parse("100 Continue", "", out _, out _).IsInterim);
        Assert.False(Parse("200 OK", "", out _, out _).IsInterim);
    }

    [Theory]
    [InlineData("HTTP/1.0 503 Busy: later\r\nConnection: close\r\n\r\nbody", 503, "", true)]
    [InlineData("Status: 404\r\nContent-type: text/html\r\n\r\nbody", 404, "Content-Type=text/html", false)]
    [InlineData("Content-Type: text/html\n\nbody", 200, "Content-Type=text/html", false)]
    public void Reads_a_head_that_was_written_as_body(string text, int code, string headers, bool close)
    {
        ResponseHead head = ResponseHeadParser.ParseRaw(HeadTexts.Bytes(text), 200, out int bodyOffset, out HeadTermination end);

        Assert.Equal((code, headers, close), (head.StatusCode, Headers(head), head.Close));
        Assert.Equal(("body", HeadTermination.BlankLine), (text[bodyOffset..], end));
    }

    [Fact]
    public void Common_names_and_values_cost_no_string()
    {
        ResponseHead head = Parse("200 OK", "content-type: text/html\r\n\r\n", out _, out _);

        Assert.Same("Content-Type", head.Headers[0].Name);
        Assert.Same("text/html", head.Headers[0].Value.ToString());
    }

    [Fact]
    public void Any_text_gives_a_head_that_can_be_sent()
    {
        Prop.ForAll(HeadTexts.Any, HeadTexts.Any, (status, headers) =>
        {
            ResponseHead head = Parse(status, headers, out int bodyOffset, out _);
            ResponseHead raw = ResponseHeadParser.ParseRaw(HeadTexts.Bytes(headers), 200, out int rawOffset, out _);
            return IsInRange(bodyOffset) && IsInRange(rawOffset) && CanBeSent(head) && CanBeSent(raw);

            bool IsInRange(int offset) => offset >= 0 && offset <= headers.Length;
        }).QuickCheckThrowOnFailure();
    }

    private static bool CanBeSent(ResponseHead head) =>
        head.StatusCode is >= 100 and <= 999
        && head.ContentLength is null or >= 0
        && IsClean(head.ReasonPhrase ?? "")
        && head.Headers.All(header => FieldText.IsToken(HeadTexts.Bytes(header.Name)) && header.Value.Count > 0 && header.Value.All(value => IsClean(value!)))
        && head.Headers.DistinctBy(header => header.Name, StringComparer.OrdinalIgnoreCase).Count() == head.Headers.Length
        && !head.Headers.Any(header => header.Name is "Content-Length" or "Transfer-Encoding" or "Connection" or "Keep-Alive" or "Proxy-Connection");

    private static bool IsClean(string text) => !text.Any(c => (c < 0x20 && c != '\t') || c == 0x7F) && text.Trim(' ', '\t') == text;

    private static string Headers(ResponseHead head) =>
        string.Join('|', head.Headers.Select(header => $"{header.Name}={string.Join(',', header.Value.ToArray())}"));

    private static ResponseHead Parse(string status, string headers, out int bodyOffset, out HeadTermination end, int fallback = 200) =>
        ResponseHeadParser.Parse(HeadTexts.Bytes(status), HeadTexts.Bytes(headers), fallback, out bodyOffset, out end);
}
