using IsapiHost.Cli.Output;
using IsapiHost.Cli.Tracing;
using IsapiHost.Tracing;

namespace IsapiHost.Cli.Tests.Tracing;

public sealed class TraceCommandTests : IDisposable
{
    private readonly IsapihostProcess _isapihost = new();
    private readonly RequestTrace _trace = SampleTrace.Create();

    public void Dispose() => _isapihost.Dispose();

    [Fact]
    public async Task A_trace_is_shown_as_aligned_lines()
    {
        Write("request.json", TraceJson.Write(_trace));

        var (exitCode, output, error) = await _isapihost.RunAsync("trace", "show", "request.json");

        Assert.Equal((ExitCode.Stopped, ""), (exitCode, error));
        string[] lines = output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Equal($"GET {_trace.Url}", lines[0]);
        Assert.Equal($"503, 1234 bytes (Length), 20.000 ms, Success, by {_trace.Module}, 2026-01-02 03:04:05Z", lines[1]);
        string write = lines.Single(line => line.Contains(", ASYNC", StringComparison.Ordinal));
        Assert.StartsWith("2.000      1.000   4711  WriteClient", write, StringComparison.Ordinal);
        Assert.EndsWith("ASYNC → TRUE", write, StringComparison.Ordinal);
        Assert.Contains(lines, line => line.EndsWith($"FALSE{SampleTrace.Markup}, last error 87", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("head-sent-twice", StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public async Task The_name_of_a_page_asks_for_one()
    {
        Write("request.json", TraceJson.Write(_trace));
        string page = Path.Combine(_isapihost.Folder, "page.html");

        var (exitCode, output, error) = await _isapihost.RunAsync("trace", "show", "request.json", "--out", "page.html");

        Assert.Equal((ExitCode.Stopped, ""), (exitCode, error));
        Assert.Equal($"Written: {page}", output.Trim());
    }

    [Fact]
    public async Task A_page_goes_to_standard_output_when_that_is_redirected()
    {
        Write("request.json", TraceJson.Write(_trace));

        var (exitCode, output, error) = await _isapihost.RunAsync("trace", "show", "request.json", "--html");

        Assert.Equal((ExitCode.Stopped, ""), (exitCode, error));
        Assert.Equal(TracePage.Of(_trace), output);
    }

    [Fact]
    public async Task A_page_is_written_where_it_is_wanted()
    {
        Write("request.json", TraceJson.Write(_trace));

        var (exitCode, output, error) = await _isapihost.RunAsync("trace", "show", "request.json", "--html", "--out", "page.html");

        string page = Path.Combine(_isapihost.Folder, "page.html");
        Assert.Equal((ExitCode.Stopped, ""), (exitCode, error));
        Assert.Equal($"Written: {page}", output.Trim());
        Assert.Equal(TracePage.Of(_trace), await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("missing.json", "there is no such file. Name a file that isapihost --trace has written.")]
    [InlineData("nowhere/missing.json", "there is no such file.")]
    [InlineData("folder", "this is a folder. Name a file in it.")]
    [InlineData("text.json", "this is no JSON, from line 2 on. Name a file that isapihost --trace has written.")]
    [InlineData("empty.json", "this is no JSON, from line 1 on.")]
    [InlineData("other.json", "this is JSON, but no trace.")]
    [InlineData("null.json", "this is JSON, but no trace.")]
    [InlineData("holes.json", "this is JSON, but no trace.")]
    public async Task A_file_that_is_no_trace_is_named_with_the_remedy(string file, string expected)
    {
        Directory.CreateDirectory(Path.Combine(_isapihost.Folder, "folder"));
        Write("text.json", "[1,\nnonsense]");
        Write("empty.json", "");
        Write("other.json", """{ "name": "other" }""");
        Write("null.json", "null");
        Write("holes.json", TraceJson.Write(_trace with { Calls = [null!] }));

        var (exitCode, output, error) = await _isapihost.RunAsync("trace", "show", file);

        Assert.Equal((ExitCode.WrongConfiguration, ""), (exitCode, output));
        Assert.StartsWith($"isapihost: {file}: {expected}", error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Theory]
    [InlineData("nowhere/page.html", "the page cannot be written (")]
    [InlineData("request.json", "the page would replace the trace. Name another file by --out.")]
    public async Task A_page_that_cannot_be_written_is_named_with_the_remedy(string page, string expected)
    {
        string trace = TraceJson.Write(_trace);
        Write("request.json", trace);

        var (exitCode, output, error) = await _isapihost.RunAsync("trace", "show", "request.json", "--html", "--out", page);

        Assert.Equal((ExitCode.WrongConfiguration, ""), (exitCode, output));
        Assert.StartsWith($"isapihost: {page}: {expected}", error, StringComparison.Ordinal);
        Assert.EndsWith("by --out.", error.Trim(), StringComparison.Ordinal);
        Assert.Equal(trace, await File.ReadAllTextAsync(Path.Combine(_isapihost.Folder, "request.json"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("trace", "show")]
    [InlineData("trace", "show", "request.json", "--htm")]
    public async Task Wrong_options_end_with_2(params string[] arguments)
    {
        Write("request.json", TraceJson.Write(_trace));

        var (exitCode, output, error) = await _isapihost.RunAsync(arguments);

        Assert.Equal((ExitCode.WrongConfiguration, ""), (exitCode, output));
        Assert.NotEmpty(error);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_isapihost.Folder, name), text);
}
