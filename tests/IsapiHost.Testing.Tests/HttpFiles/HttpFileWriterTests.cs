using IsapiHost.Testing.HttpFiles;
using IsapiHost.Testing.Variables;

namespace IsapiHost.Testing.Tests.HttpFiles;

public sealed class HttpFileWriterTests
{
    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        HttpFileRequest[] requests =
        [
            new()
            {
                Name = "with braces",
                Method = "POST",
                Url = HttpFileWriter.Literal("{{host}}/x?t={{y}}").Replace("{{openBraces}}host}}", "{{host}}", StringComparison.Ordinal),
                Headers = [new("X-Template", HttpFileWriter.Literal("a {{b}} {{{c")), new("Content-Type", "text/plain")],
                Body = [new("one\n\n  # two\n// three\nGET /four\nX: y", null, true)],
            },
            new() { Name = "a file", Method = "PUT", Url = "/p", Body = [new(null, "p.body", false)] },
        ];

        HttpFile written = new("a.http", HttpFileWriter.VariablesFor(requests), requests);
        HttpFile read = HttpFile.Parse(HttpFileWriter.Write(written), "a.http");

        Assert.Equal(written.Variables.Select(v => (v.Name, v.Value)), read.Variables.Select(v => (v.Name, v.Value)));
        foreach ((HttpFileRequest first, HttpFileRequest second) in requests.Zip(read.Requests))
        {
            Assert.Equal((first.Name, first.Method, first.Url), (second.Name, second.Method, second.Url));
            Assert.Equal(first.Headers, second.Headers.Select(h => h with { Line = 0 }));
            Assert.Equal(first.Body, second.Body.Select(b => b with { Line = 0 }));
        }

        Assert.Equal("a {{b}} {{{c", Variables(read).Fill(read.Requests[0].Headers[0].Value, 1));
        Assert.Equal("http://h/x?t={{y}}", Variables(read).Fill(read.Requests[0].Url, 1));
    }

    [Theory]
    [InlineData("a=1&b=2", "application/x-www-form-urlencoded", true)]
    [InlineData("a\r\n\r\nb", "multipart/form-data; boundary=x", true)]
    [InlineData("a\nb", "multipart/form-data; boundary=x", false)]
    [InlineData("a\r\nb", "text/plain", false)]
    [InlineData("ends with a line end\n", "text/plain", false)]
    [InlineData("\nbegins with one", "text/plain", true)]
    [InlineData("{{variable}}", "text/plain", false)]
    [InlineData("### separator", "text/plain", false)]
    [InlineData("# expect status 200", "text/plain", false)]
    [InlineData("# @name x", "text/plain", false)]
    [InlineData("# @no-cookie-jar", "text/plain", false)]
    [InlineData("# capture x body matches y", "text/plain", false)]
    [InlineData("< file", "text/plain", false)]
    [InlineData("> {% script %}", "text/plain", false)]
    [InlineData("a\n&b", "application/x-www-form-urlencoded", false)]
    [InlineData("a\0b", "text/plain", false)]
    [InlineData("a\u2028b", "text/plain", false)]
    [InlineData(null, "text/plain", false)]
    public void A_body_stands_in_the_file_only_where_it_reads_back_byte_by_byte(string? body, string contentType, bool fits) =>
        Assert.Equal(fits, HttpFileWriter.FitsInline(body, contentType));

    private static HttpFileVariables Variables(HttpFile file) =>
        new(file, new Dictionary<string, string> { ["host"] = "http://h" }, EnvironmentFile.Find(file.Path, environment: null), new SentRequests());
}
