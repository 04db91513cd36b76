using IsapiHost.Testing.Comparison;
using IsapiHost.Testing.Expectations;
using IsapiHost.Testing.Messages;

namespace IsapiHost.Testing.Tests.Comparison;

public sealed class ResponseComparisonTests
{
    [Fact]
    public void Status_headers_and_body_are_told_with_the_line_of_the_expectation()
    {
        ResponseDifference[] differences = Compare(
            """
            ### a
            HTTP/1.1 200 OK
            Content-Type: text/plain
            X-Same: {{\d+}}
            X-Missing: 1

            Hello, world!
            GET {{/.*}}
            same
            """,
            new(500, "Oops\u001b", [new("Content-Type", "text/html"), new("x-same", "12"), new("X-New", "a"), new("X-New", "b"), new("Date", "x")],
                "Hello, you!\nGET /x\nsame \n"u8.ToArray()));

        Assert.Equal(
            [
                @"status (a.expected:2): expected 200 OK, received 500 Oops\x1b",
                "header Content-Type (a.expected:3): expected 'text/plain', received 'text/html'",
                "header X-Missing (a.expected:5): expected '1', received none",
                "header X-New (a.expected:2): expected none, received 'a' and 'b'",
                "body (a.expected:7):\n  - expected   + received\n  -    1 | Hello, world!\n  +    1 | Hello, you!\n       2 | GET /x\n  -    3 | same\n  +    3 | same·",
            ],
            differences.Select(d => d.ToString()));
    }

    [Fact]
    public void A_response_without_a_reason_phrase_is_compared_by_its_code() =>
        Assert.Empty(Compare("### a\nHTTP/1.1 200 OK\n", new(200, "", [], ReadOnlyMemory<byte>.Empty)));

    [Theory]
    [InlineData("one\ntwo", "the text ends with no line end, expected one line end")]
    [InlineData("one\r\ntwo\r\n", "the lines end with CRLF, expected LF")]
    [InlineData("one\r\ntwo\n", "some lines end with CRLF and others with LF")]
    public void Line_ends_are_compared_too(string body, string difference) =>
        Assert.Equal(difference, Assert.Single(Compare("### a\nHTTP/1.1 200 OK\n\none\ntwo\n", new(200, "OK", [], System.Text.Encoding.ASCII.GetBytes(body)))).Description);

    [Fact]
    public void Binary_bodies_show_the_first_difference_in_hexadecimal()
    {
        byte[] expected = [.. Enumerable.Range(0, 40).Select(i => (byte)i)];
        byte[] received = [.. expected];
        received[20] = 0xAA;

        Assert.Equal(
            """
              the first difference is at byte 20 (0x14); expected 40 bytes, received 30
              - 00000000  00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f  ................
              - 00000010  10 11 12 13 14 15 16 17 18 19 1a 1b 1c 1d 1e 1f  ................
              - 00000020  20 21 22 23 24 25 26 27                           !"#$%&'
              + 00000000  00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f  ................
              + 00000010  10 11 12 13 aa 15 16 17 18 19 1a 1b 1c 1d        ..............
              + 00000020  (end)
            """.ReplaceLineEndings("\n"),
            BinaryDifference.Describe(expected, received.AsSpan(0, 30)));
        Assert.Null(BinaryDifference.Describe(expected, expected));
    }

    [Fact]
    public void A_long_diff_shows_the_changes_and_their_surroundings_only()
    {
        string[] lines = [.. Enumerable.Range(1, 5000).Select(i => $"line {i}")];
        string expected = $"### a\nHTTP/1.1 200 OK\n\n{string.Join('\n', lines)}\n";
        lines[99] = "changed";
        lines[4000] = new string('x', 1000);

        string body = Assert.Single(Compare(expected, new(200, "OK", [], System.Text.Encoding.ASCII.GetBytes(string.Join('\n', lines) + "\n")))).Description;

        Assert.Contains("  -  100 | line 100\n  +  100 | changed\n", body, StringComparison.Ordinal);
        Assert.InRange(body.Split('\n').Length, 10, 25);
        Assert.All(body.Split('\n'), line => Assert.InRange(line.Length, 1, 200));
    }

    [Theory]
    [InlineData("abcd", "abd", "=a=b-c=d")]
    [InlineData("abd", "abcd", "=a=b+c=d")]
    [InlineData("ab", "xy", "-a-b+x+y")]
    [InlineData("", "x", "+x")]
    [InlineData("", "", "")]
    [InlineData("abcabba", "cbabac", "-a-b=c+b=a=b-b=a+c")]
    public void The_diff_is_the_shortest(string expected, string actual, string diff) =>
        Assert.Equal(diff, string.Concat(LineDiff.Compute(expected.Length, actual.Length, (i, j) => expected[i] == actual[j])
            .Select(l => l.IsSame ? $"={actual[l.Actual]}" : l.Actual >= 0 ? $"+{actual[l.Actual]}" : $"-{expected[l.Expected]}")));

    private static ResponseDifference[] Compare(string expected, ReceivedResponse response) =>
        [.. new ResponseComparison("a.expected", IgnoredHeaders.Default, "http://h:1").Compare(new ExpectedFileParser("a.expected").Parse(expected).Responses[0], response)];
}
