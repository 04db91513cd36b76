using System.Globalization;
using System.Text.RegularExpressions;
using IsapiHost.Diagnostics;

namespace IsapiHost.Tracing;

/// <summary>Writes a JSON file per request, named so that files sort by time; the oldest go when there are too many.</summary>
internal sealed partial class TraceFolder : ITraceSink
{
    private const int MaxNamePart = 60;
    private const string Unfinished = ".part";

    private readonly string _folder;
    private readonly TraceCondition? _when;
    private readonly int _limit;
    private readonly ExtensionLog _log;
    private readonly Lock _gate = new();
    private readonly Queue<string> _files;
    private bool _failed;

    private TraceFolder(string folder, TraceCondition? when, int limit, ExtensionLog log)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        _when = when;
        _limit = limit;
        _log = log;
        _files = new Queue<string>(OwnFiles("").Order(StringComparer.Ordinal));
        foreach (var unfinished in OwnFiles(Unfinished).ToArray())
        {
            TryDelete(unfinished); // of a run that was ended, or had no room
        }
    }

    /// <exception cref="FormatException">TraceWhen is wrong; the message says where.</exception>
    public static TraceFolder? From(IsapiOptions options, ExtensionLog log) =>
        string.IsNullOrWhiteSpace(options.Tracing.Folder)
            ? null
            : new TraceFolder(
                options.Tracing.Folder, string.IsNullOrWhiteSpace(options.Tracing.When) ? null : TraceCondition.Parse(options.Tracing.When), options.Tracing.FileLimit, log);

    public void Finished(RequestTrace trace) => Write(trace, "");

    // Beside the file of the request, which may have been unwanted, or have more calls.
    public void Amended(RequestTrace trace) => Write(trace, "-late");

    public void Found(Violation violation)
    {
        // It stands in the trace of its request.
    }

    private static string NameOf(RequestTrace trace, string suffix) => string.Create(
        CultureInfo.InvariantCulture,
        $"{trace.Started.UtcDateTime:yyyyMMdd-HHmmss.fff}-{trace.Number:D6}-{Plain(trace.Method)}-{Plain(trace.Path.Trim('/'))}-{trace.Status}{suffix}.json");

    private static string Plain(string text)
    {
        var plain = Unusual().Replace(text, "_");
        return plain[..Math.Min(plain.Length, MaxNamePart)];
    }

    private void Write(RequestTrace trace, string suffix)
    {
        if (_when is not null && !_when.IsTrueFor(trace))
        {
            return;
        }

        var file = Path.Combine(_folder, NameOf(trace, suffix));
        var unfinished = file + Unfinished;
        try
        {
            // Moved into place, so that a reader never sees half a file.
            var isNew = !File.Exists(file);
            File.WriteAllText(unfinished, TraceJson.Write(trace));
            File.Move(unfinished, file, overwrite: true);
            if (isNew)
            {
                Keep(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(unfinished);
            if (!Interlocked.Exchange(ref _failed, true))
            {
                _log.TraceNotWritten(_folder, e.Message);
            }
        }
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is looked for again at the next start.
        }
    }

    private IEnumerable<string> OwnFiles(string ending) => Directory.EnumerateFiles(_folder, $"*.json{ending}")
        .Where(file => OwnName().IsMatch(Path.GetFileName(file[..^ending.Length])));

    private void Keep(string file)
    {
        lock (_gate)
        {
            _files.Enqueue(file);
            while (_files.Count > _limit)
            {
                File.Delete(_files.Dequeue());
            }
        }
    }

    [GeneratedRegex(@"^\d{8}-\d{6}\.\d{3}-\d{6,}-.*\.json$", RegexOptions.CultureInvariant)]
    private static partial Regex OwnName();

    [GeneratedRegex("[^A-Za-z0-9.]+", RegexOptions.CultureInvariant)]
    private static partial Regex Unusual();
}
