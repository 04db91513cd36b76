using IsapiHost.Testing.Files;
using IsapiHost.Testing.HttpFiles;
using IsapiHost.Testing.Messages;
using IsapiHost.Testing.Variables;

namespace IsapiHost.Testing.Tests.Variables;

public sealed class HttpFileVariablesTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_environment_file_is_found_above_and_the_private_one_beside_it_wins()
    {
        _folder.Write("http-client.env.json", """
            { "$shared": { "a": "shared", "b": "shared" }, /* a comment */ "dev": { "b": "dev", "c": 3, "d": "{{a}}!" }, "live": { "c": true }, }
            """);
        _folder.Write("http-client.env.json.user", """{ "dev": { "secret": "of Visual Studio" } }""");
        _folder.Write("http-client.private.env.json", """{ "dev": { "c": 4 } }""");

        Assert.Equal("shared dev 4 shared! of Visual Studio", Fill("{{a}} {{b}} {{c}} {{d}} {{secret}}", environment: "dev", folder: "below/that"));
        Assert.Equal("shared shared true", Fill("{{a}} {{b}} {{c}}", environment: "live"));
        Assert.Equal("shared", Fill("{{a}}", environment: null));
    }

    [Fact]
    public void The_file_wins_over_the_environment_and_the_run_over_both()
    {
        _folder.Write("http-client.env.json", """{ "dev": { "own": "environment", "host": "environment" } }""");

        Assert.Equal("file http://h", Fill("{{own}} {{host}}", "@own = file\n@host = file", "dev"));
    }

    [Fact]
    public void Variables_of_a_dotenv_file_are_read()
    {
        _folder.Write(".env", "# comment\nPLAIN=a b # c\nexport EXPORTED = \"x\\ny\"\nSINGLE='# no comment'\nEMPTY=\n");

        Assert.Equal("a b|x\ny|# no comment||a b",
            Fill("{{$dotenv PLAIN}}|{{$dotEnv EXPORTED}}|{{$dotenv SINGLE}}|{{$dotenv EMPTY}}|{{$dotenv %which}}", "@which = PLAIN", folder: "below"));
    }

    [Theory]
    [InlineData("{{x}}", "dev", "Define it in the file with @x = value, or give it by --set x=VALUE")]
    [InlineData("{{x}}", "nowhere", "there is no environment 'nowhere'. Known are: dev, live.")]
    [InlineData("{{vault}}", "dev", "Secrets of an editor's own store cannot be read here")]
    [InlineData("{{$dotenv X}}", "dev", "there is no .env file beside it")]
    [InlineData("{{$randomInt 2 1}}", "dev", "has no value. Write two whole numbers")]
    [InlineData("{{login.response.body.$.x}}", "dev", "No request named 'login' was sent before")]
    [InlineData("{{sent.response.body.$.x}}", "dev", "The response to 'sent' has no body.$.x")]
    [InlineData("{{sent.response.headers.X-None}}", "dev", "has no headers.X-None")]
    [InlineData("{{sent.response.body./x}}", "dev", "The body is not XML")]
    [InlineData("{{sent.response.status}}", "dev", "is not understood")]
    public void What_has_no_value_is_named_with_the_remedy(string text, string environment, string words)
    {
        _folder.Write("http-client.env.json", """{ "dev": { "vault": { "provider": "AzureKeyVault" } }, "live": {} }""");

        Assert.Contains(words, Assert.Throws<HttpFileException>(() => Fill(text, environment: environment)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_environment_file_is_named_with_its_line()
    {
        string path = _folder.Write("http-client.env.json", "{\n\"dev\": {\n");

        Assert.StartsWith($"{path}:3: this is not valid JSON", Assert.Throws<HttpFileException>(() => Fill("")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{sent.response.headers.x-token}}", "t1")]
    [InlineData("{{SENT.response.body.$.items[0]}}", "first")]
    [InlineData("{{sent.response.body.*}}", """{"items":["first"]}""")]
    [InlineData("{{sent.request.headers.X-Asked}}", "yes")]
    [InlineData("{{sent.request.body.//name[@id='2']}}", "two")]
    [InlineData("{{sent.request.body.count(//name)}}", null)]
    public void Values_of_earlier_exchanges_are_read(string text, string? expected)
    {
        if (expected is null)
        {
            Assert.Throws<HttpFileException>(() => Fill(text));
        }
        else
        {
            Assert.Equal(expected, Fill(text));
        }
    }

    private string Fill(string text, string definitions = "", string? environment = null, string folder = "")
    {
        HttpFile file = HttpFile.Parse($"{definitions}\nGET /\n", Path.Combine(_folder.Path, folder, "a.http"));
        SentRequests sent = new();
        sent.Add(
            "sent",
            new SentRequest("POST", new Uri("http://h/"), [new("X-Asked", "yes")], "<r><name id='1'>one</name><name id='2'>two</name></r>"u8.ToArray()),
            new ReceivedResponse(200, "OK", [new("X-Token", "t1")], """{"items":["first"]}"""u8.ToArray()));
        Dictionary<string, string> predefined = new() { ["host"] = "http://h" };
        return new HttpFileVariables(file, predefined, EnvironmentFile.Find(file.Path, environment), sent).Fill(text, 1);
    }
}
