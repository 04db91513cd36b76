using IsapiHost.Testing.Files;
using IsapiHost.Testing.HttpFiles;
using IsapiHost.Testing.Sending;
using IsapiHost.Testing.Variables;

namespace IsapiHost.Testing.Tests.Sending;

public sealed class HttpRequestBuilderTests : IDisposable
{
    private static readonly Uri _target = new("http://127.0.0.1:8080");

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Variables_are_filled_in_everywhere()
    {
        Environment.SetEnvironmentVariable("ISAPIHOST_TEST_VALUE", "from the environment");
        using HttpRequestMessage request = Build(
            "@a = 1\n@b = {{a}}2\n@host = http://for-editors\nPOST {{host}}/x?b={{b}}\nX-Env: {{$processEnv ISAPIHOST_TEST_VALUE}}\n\n{{ b }}{{openBraces}}\n@x=no", ("openBraces", "{{"));

        Assert.Equal("http://127.0.0.1:8080/x?b=12", request.RequestUri!.OriginalString);
        Assert.Equal("from the environment", request.Headers.GetValues("X-Env").Single());
        Assert.Equal("12{{\n@x=no", await request.Content!.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/a/../b//c/.", "/a/../b//c/.")]
    [InlineData("/a%2fb%zz?x=%41+1", "/a%2fb%zz?x=%41+1")]
    [InlineData("/ü x", "/%C3%BC%20x")]
    public void The_path_is_sent_as_it_is_written(string written, string sent)
    {
        using HttpRequestMessage request = Build($"GET {{{{host}}}}{written}\n");

        Assert.Equal(sent, request.RequestUri!.PathAndQuery);
    }

    [Theory]
    [InlineData("http://old-server/a/../b?c=%2f")]
    [InlineData("HTTPS://OLD-SERVER:444/a/../b?c=%2f")]
    [InlineData("HTTP://127.0.0.1:8080/a/../b?c=%2f")]
    public void Absolute_URLs_of_the_tested_server_and_of_its_other_names_go_to_it(string written)
    {
        using HttpRequestMessage request = Build($"GET {written}\n");

        Assert.Equal("http://127.0.0.1:8080/a/../b?c=%2f", request.RequestUri!.AbsoluteUri, ignoreCase: true);
    }

    [Theory]
    [InlineData("Basic user password", "Basic dXNlcjpwYXNzd29yZA==")]
    [InlineData("basic user:password", "Basic dXNlcjpwYXNzd29yZA==")]
    [InlineData("Basic {{name}} pass: word", "Basic dXNlcjpwYXNzOiB3b3Jk")]
    [InlineData("Basic dXNlcjpwYXNzd29yZA==", "Basic dXNlcjpwYXNzd29yZA==")]
    [InlineData("Bearer a b", "Bearer a b")]
    public void Basic_credentials_are_encoded_unless_they_are_already(string written, string sent)
    {
        using HttpRequestMessage request = Build($"@name = user\nGET /\nAuthorization: {written}\n");

        Assert.Equal(sent, request.Headers.NonValidated["Authorization"].ToString());
    }

    [Fact]
    public async Task Forms_join_their_lines_and_multipart_bodies_have_CRLF()
    {
        _folder.Write("photo.bin", [0xFF, 0x0A, 0x00]);
        using HttpRequestMessage form = Build("POST /\nContent-Type: application/x-www-form-urlencoded\n\na=1\n&b=2");
        using HttpRequestMessage upload = Build("POST /\nContent-Type: multipart/form-data; boundary=b\n\n--b\nX: y\n\n< photo.bin\n--b--\n");

        Assert.Equal("a=1&b=2", await form.Content!.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal([.. "--b\r\nX: y\r\n\r\n"u8, 0xFF, 0x0A, 0x00, .. "\r\n--b--"u8], await upload.Content!.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("multipart/form-data; boundary=b", upload.Content.Headers.GetValues("Content-Type").Single());
    }

    [Theory]
    [InlineData("GET {{host}}/{{x}}", 1, "the variable {{x}} is not defined")]
    [InlineData("@x = {{y}}\n@y = {{x}}\nGET /{{x}}", 1, "refers to itself")]
    [InlineData("GET /\nX: {{$processEnv ISAPIHOST_NOT_SET}}", 2, "ISAPIHOST_NOT_SET is not set. Set ISAPIHOST_NOT_SET before the run.")]
    [InlineData("GET /\nX: {{login.response.body.$.token}}", 2, "No request named 'login' was sent before this one")]
    [InlineData("GET http://other/x", 1, "leads to http://other, but http://127.0.0.1:8080 is tested. Write {{host}} in its place, or add --origin http://other")]
    [InlineData("POST /\n\n< nowhere.bin", 3, "nowhere.bin'. Correct the path")]
    public void What_cannot_be_sent_names_the_line_and_the_remedy(string text, int line, string words)
    {
        HttpFileException failure = Assert.Throws<HttpFileException>(() => Build(text));

        Assert.Equal(line, failure.Line);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    private HttpRequestMessage Build(string text, params (string Name, string Value)[] predefined)
    {
        HttpFile file = HttpFile.Parse(text, Path.Combine(_folder.Path, "a.http"));
        Dictionary<string, string> values = predefined.ToDictionary(p => p.Name, p => p.Value);
        values["host"] = "http://127.0.0.1:8080";
        HttpFileVariables variables = new(file, values, EnvironmentFile.Find(file.Path, environment: null), new SentRequests());
        return new HttpRequestBuilder(file, variables, _target, [new Uri("http://old-server"), new Uri("https://old-server:444")]).Build(file.Requests[0]);
    }
}
