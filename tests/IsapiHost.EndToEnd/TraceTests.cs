using System.Text.Json;
using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd;

/// <summary><c>--trace</c>, <c>--trace-when</c>, the limit of files, and <c>isapihost trace show</c> on what was written.</summary>
public sealed class TraceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isapihost-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory, Platforms]
    public async Task A_plain_request_becomes_a_file_with_each_call(Platform platform)
    {
        var trace = Assert.Single(await Record(platform, [], host => host.GetText("hello", "/some?name=you")));

        Assert.Equal($"GET|/{HostCommand.ModuleFile(platform, "hello")}/some?name=you|200|Success", Line(trace, "method", "url", "status", "outcome"));
        Assert.EndsWith(HostCommand.ModuleFile(platform, "hello"), trace.GetProperty("module").GetString(), StringComparison.Ordinal);
        var calls = Calls(trace);
        Assert.Equal("HttpExtensionProc||HSE_STATUS_SUCCESS|0", Line(calls[0], "name", "arguments", "result", "lastError"));
        Assert.StartsWith("GetServerVariable|\"SERVER_SOFTWARE\", room for 256 bytes|TRUE \"IsapiHost", Line(calls[1], "name", "arguments", "result"), StringComparison.Ordinal);
        Assert.Contains(calls, call => Line(call, "name", "result") == "WriteClient|TRUE" && call.GetProperty("arguments").GetString()!.Contains("Hello, you!", StringComparison.Ordinal));
        Assert.All(calls[1..], call => Assert.Equal(0, call.GetProperty("inside").GetInt32()));
        Assert.Single(calls.Select(call => call.GetProperty("thread").GetInt32()).Distinct());
    }

    [Theory, Platforms]
    public async Task Completions_name_the_calls_that_they_complete(Platform platform)
    {
        var trace = Assert.Single(await Record(platform, [], host => host.GetText("async-write", "?chain&count=2")));

        Assert.Equal(
            [
                "HttpExtensionProc||", "SEND_RESPONSE_HEADER_EX|0|", "IO_COMPLETION|0|", "WriteClient|0|",
                "completion||3", "WriteClient|4|", "completion||5", "WriteClient|6|", "DONE_WITH_SESSION|6|",
            ],
            Calls(trace).Select(call => Line(call, "name", "inside", "completes")));
        Assert.Equal("of WriteClient, 1 bytes, error 0|returned", Line(Calls(trace)[4], "arguments", "result"));
    }

    [Theory, Platforms]
    public async Task Only_what_the_condition_wants_is_written(Platform platform)
    {
        var traces = await Record(platform, ["--trace-when", "status>=500 || violation"], async host =>
        {
            await host.GetText("hello");
            await host.GetText("violate", "?head-sent-twice");
            (await host.Get("outcomes", "?error")).Dispose();
            await host.GetText("hello");
        });

        Assert.Equal(["200", "500"], traces.Select(trace => Line(trace, "status")));
        Assert.Equal("head-sent-twice", traces[0].GetProperty("violations").EnumerateArray().Single().GetProperty("name").GetString());
    }

    [Theory, Platforms]
    public async Task Calls_after_the_end_of_the_request_have_their_file(Platform platform)
    {
        var traces = await Record(platform, ["--trace-when", "violation"], async host =>
        {
            await host.GetText("done", "?then-callbacks-later");
            await Eventually.Holds(async () => (await host.GetText("done", "?report")).Contains("done=", StringComparison.Ordinal));
        });

        var late = traces.Single(trace => trace.GetProperty("violations").GetArrayLength() == 5);
        Assert.EndsWith("?then-callbacks-later", Line(late, "url"), StringComparison.Ordinal);
        Assert.Equal(
            ["GetServerVariable|FALSE|87", "WriteClient|FALSE|87", "ReadClient|FALSE|87", "SEND_RESPONSE_HEADER|FALSE|87", "DONE_WITH_SESSION|FALSE|87"],
            Calls(late)[^5..].Select(call => Line(call, "name", "result", "lastError")));
        Assert.Equal(
            ["used-after-end", "used-after-end", "used-after-end", "used-after-end", "finished-twice"],
            late.GetProperty("violations").EnumerateArray().Select(violation => Line(violation, "name")));
    }

    [Theory, Platforms]
    public async Task A_stale_id_is_laid_at_the_door_of_the_request_that_had_it(Platform platform)
    {
        var trace = Assert.Single(await Record(platform, ["--trace-when", "violation"], async host =>
        {
            await host.GetText("late", "?keep");
            Assert.Equal("0/87", await host.GetText("late", "?use"));
        }));

        Assert.EndsWith("?keep", Line(trace, "url"), StringComparison.Ordinal);
        Assert.Equal("used-after-end", Line(trace.GetProperty("violations").EnumerateArray().Single(), "name"));
        Assert.Equal("WriteClient|FALSE|87", Line(Calls(trace)[^1], "name", "result", "lastError"));
    }

    [Theory, Platforms]
    public async Task No_secret_stands_in_a_trace(Platform platform)
    {
        var trace = Assert.Single(await Record(platform, [], async host =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Url("secrets"), UriKind.Relative));
            request.Headers.Add("Cookie", "id=classified");
            request.Headers.Add("Authorization", "Basic " + Convert.ToBase64String("me:classified"u8));
            using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Contains("classified", response.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
        }));

        var text = trace.ToString();
        Assert.DoesNotContain("assified", text, StringComparison.Ordinal);
        Assert.DoesNotContain("id=", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("me:classified"u8), text, StringComparison.Ordinal);
        var values = Calls(trace).Where(call => Line(call, "name", "lastError") == "GetServerVariable|0").ToArray();
        Assert.True(values.Length >= 9);
        Assert.All(values, call => Assert.Contains("***", Line(call, "result"), StringComparison.Ordinal));
        Assert.EndsWith("\"Type: text/plain\\r\\n\\r\\n\", SYNC|5 bytes \"open\\n\", SYNC", string.Join('|', Calls(trace)[^2..].Select(call => Line(call, "arguments"))), StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task The_oldest_files_are_removed(Platform platform)
    {
        var traces = await Record(platform, [], limit: 2, requests: async host =>
        {
            for (var i = 0; i < 5; i++)
            {
                await host.GetText("hello", $"?{i}");
            }
        });

        Assert.Equal(["?3", "?4"], traces.Select(trace => Line(trace, "url")[^2..]));
    }

    [Theory, Platforms]
    public async Task A_trace_is_shown_as_lines_and_as_a_page(Platform platform)
    {
        await Record(platform, [], host => host.GetText("violate", "?head-sent-twice"));
        var file = HostCommand.PathFor(platform, Files().Single());
        var page = Path.Combine(_folder.FullName, "page.html");

        var (shown, lines) = await HostProcess.Run(platform, "trace", "show", file);
        var (written, output) = await HostProcess.Run(platform, "trace", "show", file, "--html", "--out", HostCommand.PathFor(platform, page));

        Assert.True(shown == 0, lines);
        Assert.Matches(@"(?m)^ +[\d.]+ +[\d.]+ +\d+  SEND_RESPONSE_HEADER_EX  .* → FALSE, last error 87\r?$", lines);
        Assert.Contains("head-sent-twice: A response head was sent", lines, StringComparison.Ordinal);
        Assert.True(written == 0, output);
        Assert.Contains("page.html", output, StringComparison.Ordinal);
        var text = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        Assert.StartsWith("<!DOCTYPE html>", text, StringComparison.Ordinal);
        Assert.Contains("<strong>head-sent-twice</strong> A response head was sent", text, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task Behind_a_rewriting_filter_a_trace_has_the_url_of_the_client(Platform platform)
    {
        var trace = Assert.Single(await Record(platform, [], host => host.Ask("/product/17?x=1"), filters: ["rewriter"]));

        Assert.Equal("/product/17?x=1|/product/17", Line(trace, "url", "path"));
        Assert.Contains("-GET-product_17-200.json", Assert.Single(Files()), StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task What_is_no_trace_is_named(Platform platform)
    {
        var file = Path.Combine(_folder.FullName, "other.json");
        await File.WriteAllTextAsync(file, "{}", TestContext.Current.CancellationToken);

        var (exitCode, output) = await HostProcess.Run(platform, "trace", "show", HostCommand.PathFor(platform, file), "--html");

        Assert.Equal(2, exitCode);
        Assert.Contains("other.json: this is JSON, but no trace. Name a file", output, StringComparison.Ordinal);
    }

    // Files are written behind the answers, and all of them before a host that stops has stopped.
    private async Task<JsonElement[]> Record(Platform platform, string[] options, Func<HostProcess, Task> requests, int limit = 1000, string[]? filters = null)
    {
        await using (var host = await HostProcess.Start(platform, new HostSettings
        {
            Modules = ["hello", "async-write", "violate", "outcomes", "done", "late", "secrets"],
            Filters = filters ?? [],
            Options = ["--trace", HostCommand.PathFor(platform, Path.Combine(_folder.FullName, "traces")), .. options],
            Environment = new Dictionary<string, string> { ["ISAPI__TRACING__FILELIMIT"] = FormattableString.Invariant($"{limit}") },
        }))
        {
            await requests(host);
            Assert.Equal(0, await host.Stop());
        }

        return [.. Files().Select(file => JsonDocument.Parse(File.ReadAllText(file)).RootElement)];
    }

    private string[] Files() => [.. Directory.GetFiles(Path.Combine(_folder.FullName, "traces")).Order(StringComparer.Ordinal)];

    private static JsonElement[] Calls(JsonElement trace) => [.. trace.GetProperty("calls").EnumerateArray()];

    private static string Line(JsonElement element, params string[] names) =>
        string.Join('|', names.Select(name => element.TryGetProperty(name, out var value) ? value.ToString() : ""));
}
