using IsapiHost.Diagnostics;
using IsapiHost.Tracing;
using Microsoft.Extensions.Logging.Abstractions;

namespace IsapiHost.Tests.Tracing;

public sealed class TraceFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("traces-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_reads_back_as_the_trace()
    {
        Create(new IsapiOptions()).Finished(Traces.Of(violations: Traces.Violation));

        var file = Assert.Single(Directory.GetFiles(_folder));
        Assert.Equal("20260102-030405.678-000001-GET-ext.dll_some-200.json", Path.GetFileName(file));
        var read = TraceJson.Read(File.ReadAllText(file));
        Assert.Equal(Traces.Of().Calls, read.Calls);
        Assert.Equal([Traces.Violation], read.Violations);
        Assert.Equal(Traces.Of() with { Calls = [], Violations = [] }, read with { Calls = [], Violations = [] });
    }

    [Fact]
    public void The_oldest_files_go_and_strangers_stay()
    {
        File.WriteAllText(Path.Combine(_folder, "notes.json"), "{}");
        for (var i = 0; i < 5; i++)
        {
            Create(new IsapiOptions { Tracing = { FileLimit = 2 } }).Finished(Traces.Of(200 + i));
        }

        Assert.Equal(["203", "204"], Directory.GetFiles(_folder, "2026*").Order().Select(file => file[^8..^5]));
        Assert.True(File.Exists(Path.Combine(_folder, "notes.json")));
    }

    [Fact]
    public void Unfinished_files_go_when_writing_fails_and_at_the_next_start()
    {
        var folder = Create(new IsapiOptions());
        Directory.CreateDirectory(Path.Combine(_folder, "20260102-030405.678-000001-GET-ext.dll_some-200.json")); // a file cannot be moved there
        folder.Finished(Traces.Of());
        Assert.Empty(Directory.GetFiles(_folder));

        File.WriteAllText(Path.Combine(_folder, "20260102-030405.678-000009-GET-left-200.json.part"), "");
        File.WriteAllText(Path.Combine(_folder, "notes.json.part"), "");
        Create(new IsapiOptions());
        Assert.Equal(["notes.json.part"], Directory.GetFiles(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Only_what_the_condition_wants_is_written()
    {
        var folder = Create(new IsapiOptions { Tracing = { When = "status>=500" } });
        folder.Finished(Traces.Of(200));
        folder.Finished(Traces.Of(500));

        Assert.EndsWith("-500.json", Assert.Single(Directory.GetFiles(_folder)), StringComparison.Ordinal);
    }

    [Fact]
    public void Late_calls_have_one_file_beside_that_of_the_request()
    {
        var folder = Create(new IsapiOptions());
        folder.Finished(Traces.Of());
        folder.Amended(Traces.Of(violations: Traces.Violation));
        folder.Amended(Traces.Of(violations: [Traces.Violation, Traces.Violation]));

        var files = Directory.GetFiles(_folder).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(["e-200-late.json", "t.dll_some-200.json"], files.Select(file => file[^(file.Contains("late", StringComparison.Ordinal) ? 15 : 19)..]));
        Assert.Equal([2, 0], files.Select(file => TraceJson.Read(File.ReadAllText(file)).Violations.Count));
    }

    [Fact]
    public void A_late_violation_is_written_though_the_request_was_not_wanted()
    {
        var folder = Create(new IsapiOptions { Tracing = { When = "violation" } });
        folder.Finished(Traces.Of());
        folder.Amended(Traces.Of(violations: Traces.Violation));

        Assert.EndsWith("-200-late.json", Assert.Single(Directory.GetFiles(_folder)), StringComparison.Ordinal);
    }

    private TraceFolder Create(IsapiOptions options)
    {
        options.Tracing.Folder = _folder;
        return TraceFolder.From(options, new ExtensionLog(NullLogger.Instance))!;
    }
}
