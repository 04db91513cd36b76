using IsapiHost.Testing.Comparison;
using IsapiHost.Testing.Expectations;
using IsapiHost.Testing.Files;
using IsapiHost.Testing.HttpFiles;

namespace IsapiHost.Testing;

/// <summary>Writes the <c>.expected</c> file anew: what still fits stays letter by letter, the rest is what was received.</summary>
internal sealed class ExpectedFileUpdate(HttpFile file, ExpectedFile? old, IgnoredHeaders ignored, string host)
{
    private readonly List<ExpectedResponse> _responses = [];
    private readonly List<(string Name, ReadOnlyMemory<byte> Content)> _bodies = [];
    private bool _isChanged;

    /// <summary>Leaves the response of a request that is not sent as it is.</summary>
    public void Keep(HttpFileRequest request)
    {
        if (old?.Find(request.Name) is { } section)
        {
            _responses.Add(section);
        }
    }

    /// <summary>Takes a request's response.</summary>
    /// <returns>The report as it reads after the update: only what no <c>.expected</c> file can settle is left as a difference.</returns>
    public HttpFileRequestReport Take(HttpFileRequestReport report)
    {
        ExpectedResponse? section = old?.Find(report.Request.Name);
        ResponseDifference[] settled = [.. report.Differences.Where(d => d.Path == file.ExpectedPath)];
        bool isKept = report.Response is null || (section is null ? report.Request.Expectations.Count > 0 : settled.Length == 0);
        if (isKept)
        {
            Keep(report.Request);
            return report;
        }

        string bodyFile = ExpectedResponses.BodyFileName(file.Path, report.Request.Name, "body");
        IgnoredHeaders inSection = old?.IgnoredIn(section, ignored) ?? ignored;
        ExpectedResponse updated = ExpectedResponses.From(report.Request.Name, report.Response!, section, inSection, host, bodyFile);
        _responses.Add(updated);
        _isChanged = true;
        if (updated.Body.Kind == ExpectedBodyKind.File)
        {
            _bodies.Add((bodyFile, report.Response!.Body));
        }

        return report with { Differences = [.. report.Differences.Except(settled)], IsUpdated = true };
    }

    public void Save()
    {
        bool dropsResponses = old is not null && old.Responses.Count != _responses.Count;
        if (!_isChanged && !dropsResponses)
        {
            return;
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(file.Path))!;
        try
        {
            foreach ((string name, ReadOnlyMemory<byte> content) in _bodies)
            {
                File.WriteAllBytes(Path.Combine(folder, name), content.Span);
            }

            File.WriteAllText(file.ExpectedPath, ExpectedFileWriter.Write(old?.Preamble ?? [], _responses));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HttpFileException(file.ExpectedPath, 0, $"it cannot be written ({e.Message.TrimEnd('.')})", "Make the folder writable.", e);
        }
    }
}
