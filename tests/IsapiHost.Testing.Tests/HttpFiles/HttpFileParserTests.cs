using IsapiHost.Testing.Files;
using IsapiHost.Testing.HttpFiles;

namespace IsapiHost.Testing.Tests.HttpFiles;

public sealed class HttpFileParserTests
{
    [Fact]
    public void A_file_with_all_that_editors_know()
    {
        HttpFile file = HttpFile.Parse(
            """
            @base = {{host}}/scripts
            @name=world

            ### greets by name
            # a comment
            // another one
            GET {{base}}/hello.dll
                ?name={{name}}
                &lang=en HTTP/1.1
            Accept: text/html
            # between headers
            X-Empty:

            ###
            # @name upload
            # expect status 201
            POST {{host}}/form.dll HTTP/1.1
            Content-Type: application/json

            { "a": 1,

              "b": 2 }

            ### only a URL
            {{host}}/hello.dll

            ###
            """, "a.http");

        Assert.Equal([("base", "{{host}}/scripts"), ("name", "world")], file.Variables.Select(v => (v.Name, v.Value)));
        Assert.Equal(["greets by name", "upload", "only a URL"], file.Requests.Select(r => r.Name));
        HttpFileRequest first = file.Requests[0];
        Assert.Equal(("GET", "{{base}}/hello.dll?name={{name}}&lang=en HTTP/1.1", 7), (first.Method, first.Url, first.Line));
        Assert.Equal([new("Accept", "text/html", 10), new HttpFileHeader("X-Empty", "", 12)], first.Headers);
        Assert.Empty(first.Body);
        HttpFileRequest second = file.Requests[1];
        Assert.Equal(("POST", "{{host}}/form.dll"), (second.Method, second.Url));
        Assert.Equal("{ \"a\": 1,\n\n  \"b\": 2 }", Assert.Single(second.Body).Text);
        Assert.Equal("status 201", Assert.Single(second.Expectations).Text);
        Assert.Equal(("GET", "{{host}}/hello.dll"), (file.Requests[2].Method, file.Requests[2].Url));
    }

    [Fact]
    public void Requests_without_a_name_are_called_by_their_line_and_told_apart()
    {
        HttpFile file = HttpFile.Parse("GET {{host}}/a\n\n###\nGET {{host}}/a\n\n###\nget http://x/a\n", "a.http");

        Assert.Equal(["GET /a", "GET /a (2)", "get http://x/a"], file.Requests.Select(r => r.Name));
    }

    [Fact]
    public void An_expectation_may_follow_the_request_and_is_no_part_of_the_body()
    {
        HttpFileRequest request = Assert.Single(HttpFile.Parse("POST /a\n\nbody # not a comment\n# expect status 200\n", "a.http").Requests);

        Assert.Equal("body # not a comment", Assert.Single(request.Body).Text);
        Assert.Single(request.Expectations);
    }

    [Fact]
    public void A_body_may_hold_files()
    {
        HttpFileRequest request = Assert.Single(HttpFile.Parse("POST /a\n\n--b\n\n< ./photo.png\n--b--\n<@ text.txt\n", "a.http").Requests);

        Assert.Equal(
            [
                new("--b\n", null, true, 3), new(null, "./photo.png", false, 5),
                new("--b--", null, true, 6), new HttpFileBodyPart(null, "text.txt", true, 7),
            ],
            request.Body);
    }

    [Theory]
    [InlineData("hello\n", 1, "'hello' is not a request line", "Write METHOD URL")]
    [InlineData("GET\n", 1, "'GET' is not a request line", "Write METHOD URL")]
    [InlineData("# c\n\nGET ftp://x/y\n", 3, "'GET ftp://x/y' is not a request line", "Write METHOD URL")]
    [InlineData("GET /a\nno header\n", 2, "'no header' is not a header", "Write Name: value")]
    [InlineData("@broken\n", 1, "'@broken' defines no variable", "Write @name = value.")]
    [InlineData("### a\nGET /a\n###a\nGET /b\n", 4, "has the name 'a' too", "a name of its own")]
    [InlineData("###\n# expect status 200\n###\nGET /a", 2, "this expectation belongs to no request", "Put it between")]
    [InlineData("# expect status ok\nGET /a", 1, "'expect status ok' is not understood", "expect status 200")]
    [InlineData("# expect body matches (\nGET /a", 1, "holds no regular expression", "Correct the expression.")]
    [InlineData("GET /a\n\n> {%\n client.test()\n%}", 3, "begins a response handler", "'# expect …' lines check responses")]
    [InlineData("< {%\n%}\nGET /a", 1, "begins a script before the request", "Remove it")]
    public void A_broken_file_names_the_line_and_the_remedy(string text, int line, string fault, string remedy)
    {
        HttpFileException failure = Assert.Throws<HttpFileException>(() => HttpFile.Parse(text, "dir/a.http"));

        Assert.StartsWith($"dir/a.http:{line}: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(fault, failure.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, failure.Message, StringComparison.Ordinal);
        Assert.Equal(line, failure.Line);
    }

    [Fact]
    public void A_missing_file_and_one_that_is_not_text_are_named()
    {
        using TestFolder folder = new();
        string path = folder.Write("a.http", [.. "GET /a\nX: "u8, 0xFF]);

        Assert.Contains("there is no file", Assert.Throws<HttpFileException>(() => HttpFile.Read(path + "x")).Message, StringComparison.Ordinal);
        Assert.StartsWith($"{path}:2: this line is not UTF-8 text. Save", Assert.Throws<HttpFileException>(() => HttpFile.Read(path)).Message, StringComparison.Ordinal);
    }
}
