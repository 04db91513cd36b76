using IsapiHost.Cli.Testing;
using IsapiHost.Testing;

namespace IsapiHost.Cli.Tests.Testing;

public sealed class TestSettingsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isapihost-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Folders_and_patterns_are_expanded_in_order()
    {
        string b = Write("b.http"), a = Write("a.http"), c = Write("sub/c.rest");
        Write("no.txt");

        TestSettings settings = Create(["ext.dll", b, _folder.FullName, Path.Combine(_folder.FullName, "?.http")]);

        Assert.Equal([b, a, b, c, a, b], settings.Files);
        Assert.Equal("ext.dll", settings.Variables["module"]);
    }

    [Fact]
    public void A_target_needs_no_module()
    {
        TestSettings settings = Create([Write("a.http")], target: "http://old:8080");

        Assert.False(settings.Modules.Any);
        Assert.Equal(new Uri("http://old:8080"), settings.Target);
    }

    [Fact]
    public void Several_modules_have_patterns_of_their_own()
    {
        string filter = Write("filter.so");

        TestSettings settings = TestSettings.Create(new TestArguments
        {
            Inputs = ["./first.dll", Write("a.http")],
            Maps = ["/scripts/first.dll", "*.abc=./second.dll", "/app/*", "*=third.dll"],
            Dlls = ["lib/fourth.dll"],
            Filters = [filter],
        });

        IsapiTestHostOptions options = new();
        settings.AddTo(options);
        Assert.Equal(
            ["/scripts/first.dll", "/app/*", "/fourth.dll", "*.abc", "*"],
            options.Isapi.Handlers.Select(handler => handler.Pattern));
        Assert.Equal(
            ["./first.dll", "./first.dll", "lib/fourth.dll", "./second.dll", "third.dll"],
            options.Isapi.Handlers.Select(handler => handler.ModulePath));
        Assert.Equal("first.dll", settings.Variables["module"]);
    }

    [Fact]
    public void With_an_option_for_the_module_the_first_argument_names_requests()
    {
        TestSettings settings = TestSettings.Create(new TestArguments { Inputs = [Write("a.http")], Dlls = ["./only.dll"] });

        Assert.Single(settings.Files);
        Assert.Equal("only.dll", settings.Variables["module"]);
    }

    [Fact]
    public void Every_fault_is_named_with_its_remedy()
    {
        BadTestInputException failure = Assert.Throws<BadTestInputException>(() => TestSettings.Create(new TestArguments
        {
            Inputs = ["ext.dll", "nowhere.http"],
            Target = "old:80",
            Origins = ["http://old/path"],
            Maps = ["/a/*/b"],
            Dlls = ["x/same.dll", "y/same.dll"],
            Filters = ["greets*"],
            Variables = ["x"],
            Timeout = "0",
            Retry = "1.5",
            CaCert = "nowhere.pem",
        }));

        Assert.Equal(
            [
                "nowhere.http: there is no such .http file",
                "--map /a/*/b: ",
                "--filter greets*: there is no such file. Name the file of an ISAPI filter; to choose requests by their names write --name greets*.",
                "/same.dll is given to x/same.dll and to y/same.dll. Give one of them another address",
                "--target old:80: this is not the address of a server. Write",
                "--cacert nowhere.pem: there is no certificate to be read",
                "--set x: this sets no variable",
                "--origin http://old/path: this is not the address of a server",
                "--timeout 0: write a number of seconds, from 0.001 to 86400.",
                "--retry 1.5: write a whole number, from 0 to 1000.",
            ],
            failure.Faults.Select(fault => fault),
            (expected, actual) => actual.StartsWith(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/scripts/*", "--map /scripts/*: there is no module for it. Write --map PATTERN=PATH, or name the module first.")]
    [InlineData(null, "is no module. Write isapihost test ./ext.dll FILES")]
    public void A_module_is_needed(string? map, string words)
    {
        BadTestInputException failure = Assert.Throws<BadTestInputException>(() =>
            TestSettings.Create(new TestArguments { Inputs = [Write("a.http")], Maps = map is null ? [] : [map] }));

        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    private static TestSettings Create(IReadOnlyList<string> inputs, string? target = null) =>
        TestSettings.Create(new TestArguments { Inputs = inputs, Target = target });

    private string Write(string name)
    {
        string path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "GET /\n");
        return path;
    }
}
