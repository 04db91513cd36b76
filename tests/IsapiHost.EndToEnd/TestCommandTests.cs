using System.Xml.Linq;
using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd;

/// <summary><c>isapihost test</c> on the sample extensions: the same files for the <c>.so</c> and the <c>.dll</c>.</summary>
public sealed class TestCommandTests : IDisposable
{
    private const string Requests =
        """
        ### greets by name
        # expect status 2xx
        # expect no violations
        GET {{host}}/{{module}}/some/path
            ?name={{who}}

        ### greets strangers
        POST {{host}}/{{module}}
        Content-Type: text/plain

        a body that nobody reads
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isapihost-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [Platforms("thread-data", "kept")]
    [Platforms("own-thread", "works")]
    public async Task Modules_with_data_of_threads_and_threads_of_their_own_end_well(Platform platform, string module, string answer)
    {
        var file = Write($"{module}.http", $"### asks\n# expect status 200\n# expect body contains {answer}\nGET {{{{host}}}}/{{{{module}}}}\n");

        var (code, output) = await Run(platform, module, file);

        Assert.True(code == 0, output);
    }

    [Theory, Platforms]
    public async Task Responses_are_written_compared_and_reported(Platform platform)
    {
        string file = Write("hello.http", Requests), junit = Path.Combine(_folder.FullName, "results", "junit.xml");

        var (first, missing) = await Run(platform, "hello", file, "--set", "who=you");
        Assert.Equal(2, first);
        Assert.Contains("hello.http:8: there is no expected response for 'greets strangers'", missing, StringComparison.Ordinal);
        Assert.Contains("--update", missing, StringComparison.Ordinal);

        var (second, written) = await Run(platform, "hello", file, "--set", "who=you", "--update");
        Assert.True(second == 0, written);
        string expected = await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "hello.expected"), TestContext.Current.CancellationToken);
        Assert.StartsWith("### greets strangers\nHTTP/1.1 200 OK\nContent-Type: text/plain\n\nHello, stranger!\nPOST \n", expected, StringComparison.Ordinal);

        var (third, equal) = await Run(platform, "hello", _folder.FullName, "--set", "who=you", "--junit", HostCommand.PathFor(platform, junit));
        Assert.True(third == 0, equal);
        Assert.Contains("2 requests, 2 as expected, 0 different", equal, StringComparison.Ordinal);
        Assert.Equal(2, XDocument.Load(junit).Descendants("testcase").Count());
        Assert.Contains("Created the folder ", equal, StringComparison.Ordinal);

        var (filtered, one) = await Run(platform, "hello", file, "--set", "who=you", "--name", "gre*strangers");
        Assert.True(filtered == 0, one);
        Assert.Contains("1 requests, 1 as expected, 0 different", one, StringComparison.Ordinal);

        Write("hello.expected", expected.Replace("Hello, stranger!", "Hello, {{str.*r}}!\nand goodbye", StringComparison.Ordinal));
        var (fourth, different) = await Run(platform, "hello", file, "--set", "who=you", "--junit", HostCommand.PathFor(platform, junit));
        Assert.Equal(1, fourth);
        Assert.Contains("-    2 | and goodbye", different, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", different, StringComparison.Ordinal);
        Assert.Single(XDocument.Load(junit).Descendants("failure"));
    }

    [Theory, Platforms]
    public async Task Bad_input_and_modules_that_cannot_be_loaded_have_exit_codes_of_their_own(Platform platform)
    {
        string broken = Write("broken.http", "GET {{host}}/\nthis is no header\n"), undefined = Write("undefined.http", "# expect status 200\nGET {{host}}/{{nothing}}\n");

        AssertEnds(2, "broken.http:2: 'this is no header' is not a header", await Run(platform, "hello", broken));
        AssertEnds(2, "undefined.http:2: the variable {{nothing}} is not defined", await Run(platform, "hello", undefined));
        AssertEnds(2, "there is no such .http file", await Run(platform, "hello", broken + ".http"));
        AssertEnds(2, "--name x: none of 1 requests has such a name", await Run(platform, "hello", undefined, "--name", "x"));
        AssertEnds(2, "to choose requests by their names write --name greets*", await Run(platform, "hello", undefined, "--filter", "greets*"));
        AssertEnds(3, "not-an-extension", await Run(platform, "not-an-extension", undefined));
        AssertEnds(2, "http://127.0.0.1:9 cannot be reached", await Run(platform, "hello", Write("a.http", "# expect status 200\nGET /\n"), "--target", "http://127.0.0.1:9"));

        static void AssertEnds(int exitCode, string words, (int ExitCode, string Output) run)
        {
            Assert.Equal(exitCode, run.ExitCode);
            Assert.Contains(words, run.Output, StringComparison.Ordinal);
        }
    }

    [Theory, Platforms]
    public async Task A_running_server_can_be_the_target(Platform platform)
    {
        string file = Write("hello.http", Requests);
        await using HostProcess host = await HostProcess.Start(platform, new HostSettings { Modules = ["hello"] });

        var (exitCode, output) = await Run(platform, "hello", file, "--set", "who=you", "--update", "--target", host.Address.ToString());

        Assert.True(exitCode == 0, output);
        Assert.Contains("(1 written)", output, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task Violations_are_differences_and_skipped_where_they_cannot_be_seen(Platform platform)
    {
        string file = Write("violate.http",
            "### clean\n# expect no violations\nGET /{{module}}?clean\n\n### twice\n# expect no violations\nGET /{{module}}?finished-twice\n");

        var (exitCode, output) = await Run(platform, "violate", file);
        Assert.Equal(1, exitCode);
        Assert.Contains("2 requests, 1 as expected, 1 different", output, StringComparison.Ordinal);
        Assert.Contains("violate.http:6): finished-twice: HSE_REQ_DONE_WITH_SESSION was called", output, StringComparison.Ordinal);

        await using HostProcess host = await HostProcess.Start(platform, new HostSettings { Modules = ["violate"] });
        var (elsewhere, skipped) = await Run(platform, "violate", file, "--target", host.Address.ToString());
        Assert.True(elsewhere == 0, skipped);
        Assert.Contains("skipped twice", skipped, StringComparison.Ordinal);
        Assert.Contains("violate.http:6): not judged", skipped, StringComparison.Ordinal);
        Assert.Contains("2 requests, 0 as expected, 0 different, 2 skipped", skipped, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task Several_extensions_and_a_filter_are_tested_together(Platform platform)
    {
        string file = Write("several.http", """
            ### hello
            # expect body contains Hello, you!
            # expect header X-Content-Type-Options is nosniff
            GET {{host}}/{{module}}?name=you

            ### mapped
            # expect status 200
            # expect header X-Content-Type-Options is nosniff
            GET {{host}}/app/below
            """);
        string Module(string name) => HostCommand.PathFor(platform, Path.Combine(Repository.Modules(platform), HostCommand.ModuleFile(platform, name)));

        var (exitCode, output) = await HostProcess.Run(platform,
        [
            "test", HostCommand.PathFor(platform, file), "--dll", Module("hello"), "--map", $"/app/*={Module("trace")}",
            "--filter", Module(Path.Combine("filters", "add-headers")), "--verbose",
        ]);

        Assert.True(exitCode == 0, output);
        Assert.Contains("2 requests, 2 as expected", output, StringComparison.Ordinal);
        Assert.Contains("      > GET /app/below HTTP/1.1", output, StringComparison.Ordinal);
        Assert.Contains("      < X-Content-Type-Options: nosniff", output, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task Violations_that_show_only_when_the_modules_end_are_printed_and_count(Platform platform)
    {
        string file = Write("pending.http", "### pending\n# expect status 200\nGET /{{module}}?session-never-finished\n");
        string junit = Path.Combine(_folder.FullName, "junit.xml");

        var (_, warned) = await Run(platform, "violate", file, "--timeout", "1");
        Assert.Contains("no response", warned, StringComparison.Ordinal);
        Assert.Contains("none came within 1 seconds", warned, StringComparison.Ordinal);
        Assert.Contains("  warning session-never-finished: ", warned, StringComparison.Ordinal);
        Assert.Contains("1 found when the modules ended", warned, StringComparison.Ordinal);

        Write("pending.http", "### pending\n# expect no violations\nGET /{{module}}?session-never-finished\n");
        var (exitCode, failed) = await Run(platform, "violate", file, "--timeout", "1", "--junit", HostCommand.PathFor(platform, junit));
        Assert.Equal(1, exitCode);
        Assert.Contains("  FAILED  session-never-finished: ", failed, StringComparison.Ordinal);
        Assert.Equal(2, XDocument.Load(junit).Descendants("failure").Count());
    }

    private static Task<(int ExitCode, string Output)> Run(Platform platform, string module, string file, params string[] options)
    {
        string path = Path.Combine(Repository.Modules(platform), HostCommand.ModuleFile(platform, module));
        return HostProcess.Run(platform, ["test", HostCommand.PathFor(platform, path), HostCommand.PathFor(platform, file), .. options]);
    }

    private string Write(string name, string content)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }
}
